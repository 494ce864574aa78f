import type { Parsed, WebhookRequest } from '../../src/contract/channel.ts';
import type { ChatRef, InboundEvent, MessageEvent, Person } from '../../src/contract/inbound.ts';
import { compact } from '../shared/compact.ts';
import { issueOf, plausibleTime, readJson } from '../shared/json.ts';
import { chatAddress } from './address.ts';
import { isOwnContact, partsOf, phoneOf } from './parts.ts';
import { asked, NOT_ASKED } from './update.ts';
import type { ForwardOrigin, Message, ReactionKind, User } from './update.ts';
import type { z } from 'zod';

type Asked = { [K in keyof typeof asked]: z.infer<(typeof asked)[K]> };

/** What every event of one update shares. */
interface Envelope {
  id: string;
  now: Date;
}

const privateChat = (id: number): ChatRef => ({ id: chatAddress(id), kind: 'private' });

const nameOf = (user: User): string => [user.first_name, user.last_name].filter(Boolean).join(' ');

function personOf(user: User): Person {
  return compact({
    id: String(user.id),
    name: nameOf(user) || undefined,
    username: user.username,
    language: user.language_code,
    bot: user.is_bot || undefined,
  });
}

function forwardName(origin: ForwardOrigin): string {
  switch (origin.type) {
    case 'user':
      return nameOf(origin.sender_user) || `user ${origin.sender_user.id}`;
    case 'hidden_user':
      return origin.sender_user_name;
    case 'chat':
      return origin.sender_chat.title ?? 'a group';
    case 'channel':
      return origin.chat.title ?? 'a channel';
  }
}

const START = /^\/start(?:@\w+)?(?:\s+(\S.*))?$/s;

/**
 * A deep link arrives as `/start payload`, though the person saw only `/start`:
 * https://core.telegram.org/bots/features#deep-linking
 */
function withStart(event: MessageEvent, text: string | undefined): MessageEvent {
  const payload = text === undefined ? undefined : START.exec(text)?.[1]?.trim();
  if (!payload) return event;
  return { ...event, parts: [{ kind: 'text', text: '/start' }], origin: { payload } };
}

/**
 * A group turned into a supergroup, which has another id:
 * https://core.telegram.org/bots/api#message
 */
function moved(message: Message, { id, now }: Envelope): InboundEvent[] {
  if (message.migrate_to_chat_id === undefined) return [];
  return [
    {
      type: 'moved',
      id,
      at: plausibleTime(message.date * 1000, now),
      chat: compact({ id: chatAddress(message.chat.id), kind: 'group', title: message.chat.title }),
      to: chatAddress(message.migrate_to_chat_id),
    },
  ];
}

/** A line serves people who write to the bot in private; what is said in groups is not for it. */
const read: { [K in keyof Asked]: (update: Asked[K], envelope: Envelope) => InboundEvent[] } = {
  message(message, envelope) {
    if (message.chat.type !== 'private') return moved(message, envelope);
    const parts = partsOf(message);
    if (parts.length === 0) return [];
    const from = personOf(message.from ?? { id: message.chat.id });
    const event: MessageEvent = {
      type: 'message',
      id: envelope.id,
      at: plausibleTime(message.date * 1000, envelope.now),
      chat: privateChat(message.chat.id),
      messageId: String(message.message_id),
      from:
        message.contact && isOwnContact(message)
          ? { ...from, phone: phoneOf(message.contact.phone_number), proof: 'provider' }
          : from,
      parts,
      ...compact({
        replyTo: message.reply_to_message && {
          messageId: String(message.reply_to_message.message_id),
          ...compact({ quote: message.quote?.text }),
        },
        albumId: message.media_group_id,
        forwardedFrom: message.forward_origin && forwardName(message.forward_origin),
      }),
    };
    return [withStart(event, message.text)];
  },

  edited_message(message, { id, now }) {
    if (message.chat.type !== 'private') return [];
    const parts = partsOf(message);
    if (parts.length === 0) return [];
    return [
      {
        type: 'edited',
        id,
        at: plausibleTime((message.edit_date ?? message.date) * 1000, now),
        chat: privateChat(message.chat.id),
        messageId: String(message.message_id),
        parts,
      },
    ];
  },

  callback_query(query, { id, now }) {
    const { message } = query;
    if ((message && message.chat.type !== 'private') || query.data === undefined) return [];
    return [
      {
        type: 'button',
        id,
        at: now,
        chat: privateChat(message?.chat.id ?? query.from.id),
        from: personOf(query.from),
        token: query.data,
        ...compact({ messageId: message && String(message.message_id) }),
        ack: query.id,
      },
    ];
  },

  my_chat_member(change, { id, now }) {
    if (change.chat.type !== 'private') return [];
    return [
      {
        type: 'presence',
        id,
        at: plausibleTime(change.date * 1000, now),
        chat: privateChat(change.chat.id),
        from: personOf(change.from),
        state: change.new_chat_member.status === 'kicked' ? 'blocked' : 'unblocked',
      },
    ];
  },

  message_reaction(reaction, { id, now }) {
    if (reaction.chat.type !== 'private' || !reaction.user) return [];
    return [
      {
        type: 'reaction',
        id,
        at: plausibleTime(reaction.date * 1000, now),
        chat: privateChat(reaction.chat.id),
        messageId: String(reaction.message_id),
        from: personOf(reaction.user),
        emoji: reaction.new_reaction.map(emojiOf),
      },
    ];
  },
};

/** Custom and paid reactions have pictures of their own; a star or sparkles stand for them. */
function emojiOf(reaction: ReactionKind): string {
  if (reaction.type === 'emoji') return reaction.emoji;
  return reaction.type === 'paid' ? '⭐' : '✨';
}

function readAs<K extends keyof Asked>(
  kind: K,
  value: unknown,
  envelope: Envelope,
): InboundEvent[] | string {
  const update = asked[kind].safeParse(value);
  if (!update.success) return `${kind}: ${issueOf(update.error)}`;
  return read[kind](update.data as Asked[K], envelope);
}

/**
 * One update of Telegram, from a webhook or a poll. A kind that Telegram did not have when this was
 * written is odd; one that we know and did not ask for is passed over. Throws when it is no update.
 */
export function parseUpdate(update: unknown, now: Date): Parsed {
  if (typeof update !== 'object' || update === null || !('update_id' in update))
    throw new Error('The body is not a Telegram update: update_id is missing.');
  const { update_id: number, ...kinds } = update as Record<string, unknown>;
  if (!Number.isSafeInteger(number)) throw new Error('The update_id is not a whole number.');
  const odd = (reason: string): Parsed => ({
    events: [],
    odd: [{ reason, raw: JSON.stringify(update) }],
  });

  const names = Object.keys(kinds);
  const kind = names.find((name): name is keyof Asked => Object.hasOwn(asked, name));
  if (!kind) {
    if (names.some((name) => NOT_ASKED.has(name))) return { events: [] };
    return odd(`Unknown kind of update: ${names.join(', ').slice(0, 200) || 'none'}.`);
  }
  const events = readAs(kind, kinds[kind], { id: `u${number}`, now });
  return typeof events === 'string' ? odd(events) : { events };
}

/** A request to the webhook: one update. */
export function parseWebhook(request: WebhookRequest): Parsed {
  return parseUpdate(readJson(request.body), request.now);
}
