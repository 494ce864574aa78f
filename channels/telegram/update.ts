import { z } from 'zod';

/**
 * The part of an update that Openline reads (https://core.telegram.org/bots/api#update). What a
 * message can not do without is strict; what only decorates it is dropped when it is malformed.
 */
const soft = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined);

const int = z.number().int();

const user = z.object({
  id: int,
  is_bot: soft(z.boolean()),
  first_name: soft(z.string()),
  last_name: soft(z.string()),
  username: soft(z.string()),
  language_code: soft(z.string()),
});
export type User = z.infer<typeof user>;

const chat = z.object({
  id: int,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: soft(z.string()),
});

const entity = z.object({
  type: z.string(),
  offset: int,
  length: int,
  url: soft(z.string()),
});
export type Entity = z.infer<typeof entity>;

const fileId = z.string().min(1).max(4096);
const measures = {
  file_id: fileId,
  file_size: soft(z.number().nonnegative()),
  width: soft(z.number().positive()),
  height: soft(z.number().positive()),
  duration: soft(z.number().nonnegative()),
  file_name: soft(z.string()),
  mime_type: soft(z.string()),
};
const photoSize = z.object(measures);
const media = z.object({ ...measures, thumbnail: soft(photoSize) });
const sticker = z.object({
  ...measures,
  emoji: soft(z.string()),
  is_animated: soft(z.boolean()),
  is_video: soft(z.boolean()),
  thumbnail: soft(photoSize),
});
export type Media = z.infer<typeof media>;
export type Sticker = z.infer<typeof sticker>;

const location = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  live_period: soft(z.number()),
});

const origin = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user'), sender_user: user }),
  z.object({ type: z.literal('hidden_user'), sender_user_name: z.string() }),
  z.object({ type: z.literal('chat'), sender_chat: chat }),
  z.object({ type: z.literal('channel'), chat }),
]);
export type ForwardOrigin = z.infer<typeof origin>;

const message = z.looseObject({
  message_id: int.nonnegative(),
  date: z.number(),
  edit_date: soft(z.number()),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  entities: soft(z.array(entity)),
  caption: z.string().optional(),
  caption_entities: soft(z.array(entity)),
  show_caption_above_media: soft(z.boolean()),
  has_media_spoiler: soft(z.boolean()),
  media_group_id: soft(z.string().min(1).max(256)),
  reply_to_message: soft(z.object({ message_id: int })),
  quote: soft(z.object({ text: z.string() })),
  forward_origin: soft(origin),
  migrate_to_chat_id: int.optional(),
  photo: z.array(photoSize).optional(),
  animation: media.optional(),
  audio: media.optional(),
  document: media.optional(),
  video: media.optional(),
  video_note: media.optional(),
  voice: media.optional(),
  sticker: sticker.optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: soft(z.string()),
      last_name: soft(z.string()),
      user_id: soft(int),
    })
    .optional(),
  location: location.optional(),
  venue: soft(z.object({ title: z.string(), address: soft(z.string()) })),
  dice: soft(z.object({ emoji: z.string(), value: z.number() })),
  poll: soft(z.object({ question: z.string() })),
});
export type Message = z.infer<typeof message>;

const reactionKind = z.discriminatedUnion('type', [
  z.object({ type: z.literal('emoji'), emoji: z.string() }),
  z.object({ type: z.literal('custom_emoji') }),
  z.object({ type: z.literal('paid') }),
]);
export type ReactionKind = z.infer<typeof reactionKind>;

/** What each kind of update that we ask for looks like. */
export const asked = {
  message,
  edited_message: message,
  callback_query: z.object({
    id: z.string().min(1).max(256),
    from: user,
    message: soft(z.object({ message_id: int, chat })),
    data: z.string().optional(),
  }),
  my_chat_member: z.object({
    chat,
    from: user,
    date: z.number(),
    new_chat_member: z.object({ status: z.string() }),
  }),
  message_reaction: z.object({
    chat,
    message_id: int,
    user: user.optional(),
    date: z.number(),
    new_reaction: z.array(reactionKind),
  }),
} as const;

/** Goes into `allowed_updates`: reactions only come when they are asked for by name. */
export const ALLOWED_UPDATES = Object.keys(asked) as (keyof typeof asked)[];

/**
 * Kinds that Telegram has and we do not ask for: one that comes from an older setting is no
 * surprise.
 */
export const NOT_ASKED: ReadonlySet<string> = new Set([
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'stopped_message_generation',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
]);
