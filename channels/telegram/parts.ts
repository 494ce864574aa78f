import type { InboundFile, Part } from '../../src/contract/inbound.ts';
import { compact } from '../shared/compact.ts';
import { marksOf } from './entities.ts';
import type { Entity, Media, Message, Sticker } from './update.ts';

/** A bot can fetch files up to this size: https://core.telegram.org/bots/api#getfile */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MB`;

function fileOf(media: Media, defaults: { name?: string; mime?: string } = {}): InboundFile {
  const size = media.file_size;
  return compact({
    ref: media.file_id,
    name: media.file_name ?? defaults.name,
    mime: media.mime_type ?? defaults.mime,
    size,
    width: media.width,
    height: media.height,
    durationMs: media.duration === undefined ? undefined : Math.round(media.duration * 1000),
    unavailable:
      size !== undefined && size > MAX_DOWNLOAD_BYTES
        ? `Telegram hands bots files of at most 20 MB; this one has ${megabytes(size)}. Ask the customer to send it another way.`
        : undefined,
  });
}

/** A browser can show WebP and WebM; a vector sticker (.tgs) is shown by its thumbnail. */
function stickerPart(sticker: Sticker): Part {
  if (sticker.is_video)
    return {
      kind: 'video',
      file: fileOf(sticker, { name: 'sticker.webm', mime: 'video/webm' }),
      sticker: true,
    };
  if (!sticker.is_animated)
    return {
      kind: 'image',
      file: fileOf(sticker, { name: 'sticker.webp', mime: 'image/webp' }),
      sticker: true,
    };
  if (sticker.thumbnail)
    return { kind: 'image', file: fileOf(sticker.thumbnail, { name: 'sticker' }), sticker: true };
  const mime = 'application/x-tgsticker';
  return { kind: 'file', file: fileOf(sticker, { name: 'sticker.tgs', mime }), sticker: true };
}

const largest = (sizes: readonly Media[]): Media | undefined =>
  [...sizes].sort((a, b) => (b.width ?? 0) * (b.height ?? 0) - (a.width ?? 0) * (a.height ?? 0))[0];

const digits = (phone: string): string => phone.replace(/\D/g, '');

/**
 * Telegram leaves the plus out; the numbers are always international. Text without digits stays as
 * it is.
 */
export function phoneOf(number: string): string {
  return digits(number) ? `+${digits(number)}` : number;
}

/** The sender's own number: anybody can pass on anybody's contact, so the ids must match. */
export function isOwnContact(message: Message): boolean {
  return message.contact?.user_id !== undefined && message.contact.user_id === message.from?.id;
}

/**
 * What makes a message, in the order of Telegram's own precedence: animations also set `document`,
 * venues `location`.
 */
const CONTENT: readonly [keyof Message, (message: Message) => Part | undefined][] = [
  ['animation', ({ animation }) => animation && { kind: 'video', file: fileOf(animation) }],
  [
    'photo',
    ({ photo }) => {
      const best = largest(photo ?? []);
      return (
        best && { kind: 'image', file: fileOf(best, { name: 'photo.jpg', mime: 'image/jpeg' }) }
      );
    },
  ],
  ['video', ({ video }) => video && { kind: 'video', file: fileOf(video) }],
  [
    'video_note',
    ({ video_note }) =>
      video_note && {
        kind: 'video',
        file: fileOf(video_note, { name: 'video-note.mp4', mime: 'video/mp4' }),
      },
  ],
  [
    'voice',
    ({ voice }) =>
      voice && { kind: 'voice', file: fileOf(voice, { name: 'voice.ogg', mime: 'audio/ogg' }) },
  ],
  ['audio', ({ audio }) => audio && { kind: 'audio', file: fileOf(audio) }],
  ['document', ({ document }) => document && { kind: 'file', file: fileOf(document) }],
  ['sticker', ({ sticker }) => sticker && stickerPart(sticker)],
  [
    'contact',
    (message) => {
      const { contact } = message;
      if (!contact) return undefined;
      const own = isOwnContact(message);
      const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
      return {
        kind: 'contact',
        name,
        phones: [phoneOf(contact.phone_number)],
        ...(own ? { own } : {}),
      };
    },
  ],
  [
    'location',
    ({ location, venue }) =>
      location && {
        kind: 'location',
        latitude: location.latitude,
        longitude: location.longitude,
        ...compact({
          title: venue?.title ?? (location.live_period ? 'Live location' : undefined),
          address: venue?.address,
        }),
      },
  ],
  ['dice', ({ dice }) => dice && { kind: 'unsupported', what: `dice ${dice.emoji} ${dice.value}` }],
  ['poll', ({ poll }) => poll && { kind: 'unsupported', what: `poll: ${poll.question}` }],
];

/** Notices of the chat itself: nobody wrote anything. */
const SERVICE = new Set([
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'connected_website',
  'proximity_alert_triggered',
]);

/**
 * Fields that describe a message rather than being its content; the last ones stand for all that
 * begin so.
 */
const DESCRIBING = new RegExp(
  `^(${[
    'message_id|message_thread_id|date|edit_date|chat|from|author_signature|business_connection_id',
    'entities|show_caption_above_media|media_group_id|external_reply|quote|forward_origin|via_bot',
    'link_preview_options|effect_id|paid_star_count',
    '(sender|caption|has|reply|is|migrate)(_.*)?',
  ].join('|')})$`,
);

const textPart = (text: string, entities: readonly Entity[] | undefined): Part => {
  const marks = marksOf(text, entities);
  return { kind: 'text', text, ...(marks.length > 0 ? { marks } : {}) };
};

/** A message as parts. Empty: a notice of the chat itself, which nobody wrote. */
export function partsOf(message: Message): Part[] {
  if (message.text !== undefined) return [textPart(message.text, message.entities)];
  const main = mainPart(message);
  if (!main) return [];
  if (message.caption === undefined) return [main];
  const caption = textPart(message.caption, message.caption_entities);
  return message.show_caption_above_media ? [caption, main] : [main, caption];
}

function mainPart(message: Message): Part | undefined {
  for (const [field, read] of CONTENT) {
    const part = message[field] === undefined ? undefined : read(message);
    if (part)
      return message.has_media_spoiler && 'file' in part ? { ...part, spoiler: true } : part;
  }
  const unknown = Object.keys(message).filter((key) => !DESCRIBING.test(key));
  if (unknown.some((key) => SERVICE.has(key))) return undefined;
  return {
    kind: 'unsupported',
    what: (unknown[0] ?? 'message without content').slice(0, 100).replaceAll('_', ' '),
  };
}
