import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type {
  ButtonEvent,
  CallEvent,
  EchoEvent,
  EditedEvent,
  InboundEvent,
  MessageEvent,
  MovedEvent,
  Origin,
  Part,
  Person,
  PresenceEvent,
  ReactionEvent,
  ReceiptEvent,
  RemovedEvent,
} from '../../contract/inbound.ts';
import type { KnownAccount } from '../../domain/accounts/open-account.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message, MessageDraft } from '../../domain/conversations/message.ts';
import type { Mark, MediaPart } from '../../domain/conversations/parts.ts';
import { draftOf, recordSessionChange } from '../../domain/conversations/record-event.ts';
import { messageOfKey } from '../../domain/conversations/send-key.ts';
import type { Contact } from '../../domain/crm/records.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Actor } from '../../domain/events/events.ts';
import type { Stores } from '../../domain/stores.ts';

/** What applying an event needs. */
export interface ApplyParts {
  stores: Pick<
    Stores,
    | 'conversations'
    | 'messages'
    | 'outbox'
    | 'contacts'
    | 'files'
    | 'timeline'
    | 'buttonTokens'
    | 'sessions'
  >;
  bus: Bus;
  clock: Clock;
  log: Log;
  /** Makes the lead of a first contact when the line wants one; harmless to repeat. */
  ensureLead(conversation: Conversation, contact: Contact, by: Actor): Promise<Conversation>;
  /** Ends a pressed button's waiting state at the provider, if it has one. */
  acknowledge(accountId: string, ack: string): void;
}

/** Where an event of an account without a line goes: nowhere, said aloud. */
export class NoLine extends Error {
  constructor(name: string) {
    super(`The channel "${name}" belongs to no line: give it one and replay this event.`);
    this.name = 'NoLine';
  }
}

type Apply<E extends InboundEvent> = (event: E, known: KnownAccount) => Promise<void>;

/**
 * Applies stored events. Each can be repeated after a crash at any point: conversations are found or made in one step,
 * messages have keys, counters move with seq.
 */
export function createApply(
  parts: ApplyParts,
): (event: InboundEvent, known: KnownAccount) => Promise<void> {
  const { stores, bus, clock, log } = parts;

  /** The talk of an event, opened or reopened when `wants` says that the event is a customer's turn. */
  const talkFor = async (
    event: { chat: { id: string }; from: Person; origin?: Origin },
    known: KnownAccount,
  ): Promise<{ conversation: Conversation; contact: Contact | null }> => {
    const { record } = known;
    const found = await stores.conversations.byChat(record.id, event.chat.id);
    if (found && found.session.state !== 'closed') return { conversation: found, contact: null };
    if (found) return { conversation: await reopen(found), contact: null };

    if (!record.lineId) throw new NoLine(record.name);
    const { from } = event;
    const { contact } = await stores.contacts.findOrCreateByIdentity({
      accountId: record.id,
      channelType: record.type,
      externalId: from.id,
      name: nameOf(from),
      username: from.username ?? null,
      proof: from.proof ?? 'claimed',
      phones: from.phone ? [from.phone] : [],
      emails: from.email ? [from.email.toLowerCase()] : [],
      language: from.language ?? null,
      at: clock.now(),
    });
    const { conversation, created } = await stores.conversations.findOrOpen({
      accountId: record.id,
      channelType: record.type,
      chat: event.chat.id,
      lineId: record.lineId,
      contactId: contact.id,
      contactName: contact.name,
      origin: event.origin ?? null,
      at: clock.now(),
    });
    if (created) {
      const by = customer(conversation);
      bus.publish({ type: 'conversation.created', conversation, by });
      await stores.timeline.record({
        at: clock.now(),
        subject: { kind: 'session', id: conversation.session.id },
        who: by,
        what: `${contact.name} wrote for the first time.`,
        before: null,
        after: { state: 'waiting' },
        why: null,
      });
      bus.publish({ type: 'session.opened', conversation, reopened: false, by });
    }
    return { conversation, contact };
  };

  const reopen = async (closed: Conversation): Promise<Conversation> => {
    await stores.sessions.archive(closed);
    const opened = await stores.conversations.reopen(closed.id, clock.now());
    if (!opened) return (await stores.conversations.get(closed.id)) ?? closed;
    const by = customer(opened);
    const recorded = await recordSessionChange(parts, opened, {
      kind: 'reopened',
      text: `${opened.contactName} wrote again: a new session.`,
      by,
      before: { state: 'closed', outcome: closed.session.outcome },
      after: { state: 'waiting' },
    });
    bus.publish({
      type: 'session.opened',
      conversation: recorded.conversation,
      reopened: true,
      by,
    });
    return recorded.conversation;
  };

  /** Files of a message as pending records; their ids follow from the event, so a repeat makes no second ones. */
  const keepFiles = async (
    event: { id: string; parts: Part[] },
    accountId: string,
    conversationId: string,
  ): Promise<MediaPart[]> =>
    Promise.all(
      event.parts.flatMap((part, index) => {
        if (part.kind === 'text') return [];
        if (!('file' in part)) return [Promise.resolve(part)];
        const { file } = part;
        if (file.stored)
          return [Promise.resolve<MediaPart>({ kind: part.kind, fileId: file.stored })];
        const id = createHash('sha256')
          .update(`${accountId}\n${event.id}\n${index}`)
          .digest('hex')
          .slice(0, 24);
        const now = clock.now();
        return [
          stores.files
            .create({
              id,
              name: file.name ?? `${part.kind}-${index + 1}`,
              mime: file.mime ?? 'application/octet-stream',
              size: file.size ?? null,
              width: file.width ?? null,
              height: file.height ?? null,
              durationMs: file.durationMs ?? null,
              state: file.unavailable ? 'failed' : 'pending',
              detail: file.unavailable ?? '',
              storageKey: null,
              source: { accountId, file },
              conversationId,
              messageId: null,
              uploadedBy: null,
              nextAt: now,
            })
            .then(
              (stored): MediaPart => ({
                kind: part.kind,
                fileId: stored.id,
                ...(part.sticker && { sticker: true }),
              }),
            ),
        ];
      }),
    );

  /** Appends a customer's message and moves everything that counts with it. */
  const appendIncoming = async (
    conversation: Conversation,
    contact: Contact | null,
    draft: MessageDraft,
  ): Promise<Message> => {
    const { message, fresh } = await stores.messages.append(draft, conversation.seq);
    const at = clock.now();
    const bumped = await stores.conversations.bump(conversation.id, {
      seq: message.seq,
      lastMessage: { text: summaryOf(message), at: message.at, direction: 'in' },
      unread: 'add',
      lastCustomerAt: message.at,
    });
    let after = bumped ?? conversation;
    if (after.blocked) after = (await stores.conversations.setBlocked(after.id, false)) ?? after;
    if (after.leadId === null) {
      const person = contact ?? (await stores.contacts.get(after.contactId));
      if (person) after = await parts.ensureLead(after, person, customer(after));
    }
    const fileIds = message.parts.flatMap((part) => ('fileId' in part ? [part.fileId] : []));
    if (fileIds.length > 0) await stores.files.attach(fileIds, conversation.id, message.id);
    if (fresh) bus.publish({ type: 'message.appended', message, conversation: after });
    else log.debug({ messageId: message.id, at }, 'a message came again');
    return message;
  };

  const onMessage: Apply<MessageEvent> = async (event, known) => {
    const { conversation, contact } = await talkFor(event, known);
    const original = event.replyTo
      ? await stores.messages.byExternalId(conversation.id, event.replyTo.messageId)
      : null;
    const { text, marks } = textOf(event.parts);
    await learn(conversation, event);
    await appendIncoming(
      conversation,
      contact,
      draftOf(conversation, {
        direction: 'in',
        text,
        marks,
        parts: await keepFiles(event, known.record.id, conversation.id),
        author: customer(conversation),
        at: earlier(event.at, clock.now()),
        key: `in:${event.messageId}`,
        clientId: event.messageId,
        externalIds: [event.messageId],
        albumId: event.albumId ?? null,
        forwardedFrom: event.forwardedFrom ?? null,
        replyTo: event.replyTo
          ? {
              messageId: original?.id ?? null,
              seq: original?.seq ?? null,
              text: (event.replyTo.quote ?? original?.text ?? '').slice(0, 300),
              author: original?.author.name ?? '',
            }
          : null,
      }),
    );
  };

  /** Ways to reach the person that the message itself brought: a shared contact card of their own, a typed e-mail. */
  const learn = async (conversation: Conversation, event: MessageEvent): Promise<void> => {
    const own = event.parts.flatMap((part) => (part.kind === 'contact' && part.own ? [part] : []));
    const phones = [
      ...(event.from.phone ? [event.from.phone] : []),
      ...own.flatMap((part) => part.phones),
    ];
    const emails = event.from.email ? [event.from.email.toLowerCase()] : [];
    if (phones.length + emails.length === 0) return;
    const changed = await stores.contacts.addWays(conversation.contactId, phones, emails);
    if (changed) bus.publish({ type: 'contact.changed', contactId: changed.id });
  };

  const onEcho: Apply<EchoEvent> = async (event, known) => {
    const conversation = await stores.conversations.byChat(known.record.id, event.chat.id);
    if (!conversation || (await stores.messages.byExternalId(conversation.id, event.messageId)))
      return;
    const { text, marks } = textOf(event.parts);
    const at = earlier(event.at, clock.now());
    const { message, fresh } = await stores.messages.append(
      draftOf(conversation, {
        direction: 'out',
        text,
        marks,
        parts: await keepFiles(event, known.record.id, conversation.id),
        author: { kind: 'external', id: null, name: event.author ?? known.record.name },
        at,
        key: `in:${event.messageId}`,
        externalIds: [event.messageId],
        delivery: {
          state: 'sent',
          nextAt: at,
          attempts: 0,
          stepsDone: 1,
          leaseBy: null,
          leaseUntil: null,
          detail: 'Written outside of Openline.',
          reason: null,
          sentAt: at,
          deliveredAt: null,
          readAt: null,
          log: [],
        },
      }),
      conversation.seq,
    );
    const after = await stores.conversations.bump(conversation.id, {
      seq: message.seq,
      lastMessage: { text: summaryOf(message), at, direction: 'out' },
      unread: 'clear',
    });
    if (fresh)
      bus.publish({ type: 'message.appended', message, conversation: after ?? conversation });
  };

  /** Runs `change` on the message of ours or theirs that the provider names; an unknown one is noted, not an error. */
  const changed = async (
    event: InboundEvent,
    known: KnownAccount,
    externalId: string,
    change: (message: Message, conversation: Conversation) => Promise<Message | null>,
  ): Promise<void> => {
    const conversation = await stores.conversations.byChat(known.record.id, event.chat.id);
    const message =
      conversation && (await stores.messages.byExternalId(conversation.id, externalId));
    if (!conversation || !message) {
      log.debug(
        { accountId: known.record.id, type: event.type },
        'an event names a message that is not here',
      );
      return;
    }
    const after = await change(message, conversation);
    if (after) bus.publish({ type: 'message.changed', message: after, conversation });
  };

  const onEdited: Apply<EditedEvent> = (event, known) =>
    changed(event, known, event.messageId, async (message) => {
      const { text, marks } = textOf(event.parts);
      if (text === message.text) return null;
      return stores.messages.edit(message.id, text, marks, clock.now());
    });

  const onRemoved: Apply<RemovedEvent> = async (event, known) => {
    for (const id of event.messageIds)
      await changed(event, known, id, (message) =>
        stores.messages.remove(message.id, clock.now()),
      );
  };

  const onReaction: Apply<ReactionEvent> = (event, known) =>
    changed(event, known, event.messageId, (message, conversation) =>
      stores.messages.setReactions(message.id, customer(conversation), event.emoji, clock.now()),
    );

  const onButton: Apply<ButtonEvent> = async (event, known) => {
    if (event.ack) parts.acknowledge(known.record.id, event.ack);
    const { conversation, contact } = await talkFor(event, known);
    const meaning = await stores.buttonTokens.get(event.token);
    const ours = meaning?.conversationId === conversation.id ? meaning : null;
    const original = ours ? await stores.messages.get(ours.messageId) : null;
    await appendIncoming(
      conversation,
      contact,
      draftOf(conversation, {
        direction: 'in',
        text: ours ? ours.label : '(pressed a button that is no longer known)',
        author: customer(conversation),
        at: earlier(event.at, clock.now()),
        key: `in:button:${event.id}`,
        replyTo: original
          ? {
              messageId: original.id,
              seq: original.seq,
              text: original.text.slice(0, 300),
              author: original.author.name,
            }
          : null,
      }),
    );
  };

  const onReceipt: Apply<ReceiptEvent> = async (event, known) => {
    const conversation = await talkOfReceipt(event, known);
    if (!conversation) return;
    const messages = await stores.outbox.receipt(
      conversation.id,
      event.messageId,
      event.status,
      event.upTo ?? false,
      clock.now(),
      event.detail ?? '',
    );
    for (const message of messages) bus.publish({ type: 'message.changed', message, conversation });
  };

  /** A receipt may name our send's key alone, without the chat. */
  const talkOfReceipt = async (
    event: ReceiptEvent,
    known: KnownAccount,
  ): Promise<Conversation | null> => {
    if (event.chat.id !== '') return stores.conversations.byChat(known.record.id, event.chat.id);
    const message = await stores.messages.get(messageOfKey(event.messageId));
    return message?.accountId === known.record.id ? stores.conversations.get(message.conversationId) : null;
  };

  const onPresence: Apply<PresenceEvent> = async (event, known) => {
    const conversation = await stores.conversations.byChat(known.record.id, event.chat.id);
    if (!conversation) return;
    if (event.state === 'blocked' || event.state === 'unblocked') {
      const blocked = event.state === 'blocked';
      if (conversation.blocked === blocked) return;
      const after = await stores.conversations.setBlocked(conversation.id, blocked);
      await recordSessionChange(parts, after ?? conversation, {
        kind: event.state,
        text: blocked
          ? `${conversation.contactName} blocked this channel: answers do not arrive.`
          : `${conversation.contactName} can be answered again.`,
        by: customer(conversation),
        before: { blocked: !blocked },
        after: { blocked },
      });
      return;
    }
    bus.publish({
      type: 'typing',
      conversationId: conversation.id,
      seq: conversation.seq,
      lineId: conversation.lineId,
      ownerId: conversation.session.ownerId,
      who: customer(conversation),
      on: event.state === 'typing',
    });
  };

  const onMoved: Apply<MovedEvent> = async (event, known) => {
    const conversation = await stores.conversations.byChat(known.record.id, event.chat.id);
    if (!conversation) return;
    const moved = await stores.conversations.setChat(conversation.id, event.to);
    if (!moved) {
      log.warn(
        { conversationId: conversation.id },
        'a chat moved to an address that has a talk already; new messages go there',
      );
    }
  };

  const onCall: Apply<CallEvent> = async (event, known) => {
    const { conversation } = await talkFor(event, known);
    await recordSessionChange(parts, conversation, {
      kind: `call-${event.state}`,
      text: `Call ${event.direction === 'in' ? 'from' : 'to'} ${conversation.contactName}: ${event.state}.`,
      by: customer(conversation),
    });
  };

  const byType: { [T in InboundEvent['type']]: Apply<Extract<InboundEvent, { type: T }>> } = {
    message: onMessage,
    echo: onEcho,
    edited: onEdited,
    removed: onRemoved,
    reaction: onReaction,
    button: onButton,
    receipt: onReceipt,
    presence: onPresence,
    moved: onMoved,
    call: onCall,
  };

  return (event, known) => (byType[event.type] as Apply<InboundEvent>)(event, known);
}

/** The customer of a talk as an actor. */
function customer(conversation: Conversation): Actor {
  return { kind: 'contact', id: conversation.contactId, name: conversation.contactName };
}

function nameOf(person: Person): string {
  return (
    person.name?.trim() ||
    person.username ||
    person.phone ||
    person.email ||
    'Unnamed'
  ).slice(0, 200);
}

/** A provider's clock may be ahead; nothing happens in the future. */
function earlier(at: Date, now: Date): Date {
  return at < now ? at : now;
}

/** All text of an event, one part under the other, with marks moved along. */
function textOf(parts: readonly Part[]): { text: string; marks: Mark[] } {
  let text = '';
  const marks: Mark[] = [];
  for (const part of parts) {
    if (part.kind !== 'text') continue;
    if (text !== '') text += '\n';
    for (const mark of part.marks ?? []) marks.push({ ...mark, offset: mark.offset + text.length });
    text += part.text;
  }
  return { text, marks };
}

const PART_WORDS: Record<MediaPart['kind'], string> = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice message',
  file: 'File',
  location: 'Location',
  contact: 'Contact card',
  unsupported: 'Something this version can not show',
};

/** One line that stands for a message in lists: its text, else what it carries. */
export function summaryOf(message: Pick<Message, 'text' | 'parts'>): string {
  const text = message.text.replace(/\s+/g, ' ').trim().slice(0, 160);
  if (text !== '') return text;
  const first = message.parts[0];
  return first ? PART_WORDS[first.kind] : '';
}

/** For logs: what went wrong, without anything a customer wrote. */
export function reasonOf(error: unknown): string {
  return messageOf(error).slice(0, 500);
}
