import { Refusal, messageOf } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/errors.ts';
import type {
  VisitorCall,
  VisitorNews,
  VisitorReach,
  VisitorRefusal,
} from '../../contract/visitor.ts';
import type { Desk } from '../../desk/desk.ts';
import { ensureVisitor, keepContact } from '../../desk/visitors/ensure-visitor.ts';
import { identifyVisitor } from '../../desk/visitors/identify-visitor.ts';
import { readReach } from '../../desk/visitors/reach.ts';
import { readEarlier, readVisitorTalk } from '../../desk/visitors/read-visitor-talk.ts';
import {
  receiveAct,
  receiveMessage,
  showVisitorTyping,
} from '../../desk/visitors/receive-message.ts';
import { recogniseVisitor } from '../../desk/visitors/recognise-visitor.ts';
import { chatOf, selfOf } from '../../desk/visitors/visitor.ts';
import { findWidget } from '../../desk/visitors/widget.ts';
import type { Widget } from '../../desk/visitors/widget.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Hub } from './hub.ts';
import type { Rate, Rates } from './rates.ts';
import { Telling } from './telling.ts';

/** What all visits share. */
export interface Door {
  desk: Desk;
  hub: Hub;
  rates: Rates;
}

/** The other end: a socket, or one HTTP request. */
export interface Guest {
  /** The client's address, by the trusted proxies. */
  address: string;
  send(news: VisitorNews): void;
}

const FRAMES: Rate = { most: 200, windowMs: 10_000 };
const MESSAGES: Rate = { most: 30, windowMs: 60_000 };
const HELLOS: Rate = { most: 240, windowMs: 60_000 };
/** What may be tried again by itself. */
const RETRY_MS = 3_000;

const CODES: Partial<Record<ErrorCode, VisitorRefusal>> = {
  malformed: 'malformed',
  bad_signature: 'bad_identity',
  not_found: 'not_found',
  too_many: 'too_many',
  too_large: 'too_large',
  rule_broken: 'consent_needed',
};

type Handlers = {
  [T in VisitorCall['type']]: (call: Extract<VisitorCall, { type: T }>) => Promise<void>;
};

/**
 * One open widget: what it says and what it is told, in order, whatever carries the frames. Calls and news go through
 * one queue, so that a message is never told before the talk it belongs to.
 */
export class Visit {
  readonly #door: Door;
  readonly #guest: Guest;
  #queue: Promise<void> = Promise.resolve();
  #closed = false;
  #widget: Widget | null = null;
  #record: VisitorRecord | null = null;
  #language: string | null = null;
  readonly #telling: Telling;
  /** The talk that is followed; null before the first message. */
  conversationId: string | null = null;

  constructor(door: Door, guest: Guest) {
    this.#door = door;
    this.#guest = guest;
    this.#telling = new Telling(door.desk, (news) => guest.send(news));
  }

  /** Takes one call; resolves when it is done, refused included. */
  take(call: VisitorCall): Promise<void> {
    return this.#inTurn(async () => {
      const clientId = 'clientId' in call ? call.clientId : undefined;
      try {
        this.#limit(`frames:${this.#guest.address}`, FRAMES);
        if (call.type !== 'hello' && call.type !== 'ping' && !this.#widget)
          throw new Refusal('malformed', 'The first frame must be "hello".');
        await (this.#handlers[call.type] as (given: VisitorCall) => Promise<void>)(call);
      } catch (error) {
        this.#refuse(error, clientId);
      }
    });
  }

  /** Tells that a frame could not be read. */
  malformed(detail: string, clientId?: string): void {
    this.#refuse(new Refusal('malformed', detail), clientId);
  }

  close(): void {
    this.#closed = true;
    this.#unfollow();
    if (this.#widget) this.#door.hub.leave(this.#widget.line.id, this);
  }

  /** A message of the talk was added or changed. */
  onMessage(message: Message, conversation: Conversation): void {
    void this.#inTurn(async () => {
      if (!this.#follows(conversation)) return;
      this.conversationId = conversation.id;
      await this.#telling.message(message, conversation);
    });
  }

  onConversation(conversation: Conversation): void {
    void this.#inTurn(async () => {
      if (this.#follows(conversation)) this.#telling.seen(conversation);
    });
  }

  onTyping(name: string, on: boolean): void {
    void this.#inTurn(async () => this.#guest.send({ type: 'typing', on, name }));
  }

  onReach(reach: VisitorReach): void {
    void this.#inTurn(async () => this.#guest.send({ type: 'reach', reach }));
  }

  readonly #handlers: Handlers = {
    ping: async () => this.#guest.send({ type: 'pong' }),

    hello: async (call) => {
      const { desk, hub } = this.#door;
      this.#limit(`hello:${this.#guest.address}`, HELLOS);
      this.#language = call.language ?? null;
      const widget = await findWidget(desk, call.line);
      if (!widget) {
        this.#guest.send({
          type: 'refused',
          code: 'no_such_line',
          message: 'There is no chat at this address.',
        });
        return;
      }
      this.#unfollow();
      if (this.#widget) hub.leave(this.#widget.line.id, this);
      this.#widget = widget;
      hub.enter(widget.line.id, this);
      this.#record = call.token ? await recogniseVisitor(desk, widget, call.token) : null;
      const strange = call.token !== undefined && this.#record === null;
      if (strange) this.#guest.send({ type: 'restart' });
      const another = call.identity ? await this.#tryBecome(call.identity) : false;
      await this.#welcome(widget, strange || another ? {} : call);
    },

    begin: async (call) => {
      await this.#known(call.consent ?? false);
    },

    message: async (call) => {
      const widget = this.#at();
      const record = await this.#known(call.consent ?? false);
      this.#limit(`messages:${chatOf(record)}`, MESSAGES);
      if (call.contact) this.#record = await keepContact(this.#door.desk, record, call.contact);
      await receiveMessage(this.#door.desk, widget, this.#record ?? record, call);
      this.#guest.send({ type: 'stored', clientId: call.clientId });
    },

    typing: async (call) => {
      if (this.#record) await showVisitorTyping(this.#door.desk, this.#at(), this.#record, call.on);
    },

    delivered: (call) => this.#act(call),
    read: (call) => this.#act(call),
    button: (call) => this.#act(call),
    reaction: (call) => this.#act(call),

    identify: async (call) => {
      if (await this.#become(call.identity)) await this.#welcome(this.#at(), {});
    },

    earlier: async (call) => {
      const talk = await this.#talk();
      const older = talk
        ? await readEarlier(this.#door.desk, talk, call.beforeSeq)
        : { messages: [], earlier: false };
      this.#guest.send({ type: 'earlier', ...older });
    },

    forget: async () => {
      if (this.#record) await this.#door.desk.stores.visitors.remove(this.#record.id);
      this.#unfollow();
      this.#record = null;
      this.#guest.send({ type: 'restart' });
      await this.#welcome(this.#at(), {});
    },
  };

  async #welcome(widget: Widget, held: { afterSeq?: number; since?: string }): Promise<void> {
    const { desk } = this.#door;
    this.#follow();
    const at = desk.clock.now().toISOString();
    const talk = await this.#talk();
    const seen = talk
      ? await readVisitorTalk(desk, talk, {
          afterSeq: held.afterSeq,
          since: held.since ? new Date(held.since) : undefined,
        })
      : null;
    this.conversationId = talk?.id ?? null;
    this.#telling.begin(seen);
    this.#guest.send({
      type: 'welcome',
      appearance: widget.appearance,
      visitor: this.#record ? selfOf(this.#record, widget) : null,
      reach: await readReach(desk, widget.line),
      messages: seen?.messages ?? [],
      earlier: seen?.earlier ?? false,
      seenSeq: seen?.seenSeq ?? 0,
      at,
    });
    for (const message of seen?.changed ?? []) this.#guest.send({ type: 'changed', message, at });
  }

  /** The visitor, made known now if they were not. */
  async #known(consent: boolean): Promise<VisitorRecord> {
    const { record, token } = await ensureVisitor(this.#door.desk, this.#at(), this.#record, {
      consent,
      language: this.#language,
      address: this.#guest.address,
    });
    this.#adopt(record, token);
    return record;
  }

  /** Makes the visitor who the site says they are; true when that is another than before. */
  async #become(identity: string): Promise<boolean> {
    const before = this.#record;
    const { record, token } = await identifyVisitor(this.#door.desk, this.#at(), before, identity, {
      address: this.#guest.address,
      language: this.#language,
    });
    const another = before === null || chatOf(before) !== chatOf(record);
    if (before && another) this.#guest.send({ type: 'restart' });
    this.#adopt(record, token);
    return another;
  }

  /** A page with a bad identity token still has a chat: unsigned. */
  async #tryBecome(identity: string): Promise<boolean> {
    try {
      return await this.#become(identity);
    } catch (error) {
      this.#refuse(error, undefined);
      return false;
    }
  }

  #adopt(record: VisitorRecord, token: string | null): void {
    this.#unfollow();
    this.#record = record;
    this.#follow();
    if (token) this.#guest.send({ type: 'token', token, visitor: selfOf(record, this.#at()) });
  }

  async #act(
    call: Extract<VisitorCall, { type: 'delivered' | 'read' | 'button' | 'reaction' }>,
  ): Promise<void> {
    if (!this.#record) throw new Refusal('not_found', 'There is no talk yet.');
    await receiveAct(this.#door.desk, this.#at(), this.#record, call);
    if ('clientId' in call) this.#guest.send({ type: 'stored', clientId: call.clientId });
  }

  #at(): Widget {
    if (!this.#widget) throw new Refusal('malformed', 'The first frame must be "hello".');
    return this.#widget;
  }

  async #talk(): Promise<Conversation | null> {
    if (!this.#record) return null;
    return this.#door.desk.stores.conversations.byChat(
      this.#at().account.record.id,
      chatOf(this.#record),
    );
  }

  /** News may have waited while the visitor became another, or nobody: it is not theirs any more. */
  #follows({ accountId, chat }: Conversation): boolean {
    return (
      this.#record !== null && this.#record.accountId === accountId && chatOf(this.#record) === chat
    );
  }

  #follow(): void {
    if (this.#record && !this.#closed)
      this.#door.hub.follow(this.#record.accountId, chatOf(this.#record), this);
  }

  #unfollow(): void {
    if (this.#record) this.#door.hub.unfollow(this.#record.accountId, chatOf(this.#record), this);
  }

  #limit(key: string, rate: Rate): void {
    const wait = this.#door.rates.hit(key, rate, this.#door.desk.clock.now().getTime());
    if (wait !== null)
      throw new Refusal('too_many', 'That was a lot at once; please wait a moment.', {
        facts: { retryAfterSeconds: Math.ceil(wait / 1000) },
      });
  }

  #refuse(error: unknown, clientId: string | undefined): void {
    const about = clientId === undefined ? {} : { clientId };
    if (!(error instanceof Refusal) || !CODES[error.code]) {
      this.#door.desk.log.error({ error: messageOf(error) }, 'a visitor could not be served');
      const message = 'Something went wrong on our side.';
      this.#guest.send({
        type: 'refused',
        code: 'unavailable',
        message,
        retryAfterMs: RETRY_MS,
        ...about,
      });
      return;
    }
    const seconds = error.facts?.retryAfterSeconds;
    this.#guest.send({
      type: 'refused',
      code: CODES[error.code] ?? 'malformed',
      message: error.message,
      ...(typeof seconds === 'number' ? { retryAfterMs: seconds * 1000 } : {}),
      ...about,
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#queue.then(async () => {
      if (this.#closed) return;
      try {
        await work();
      } catch (error) {
        this.#refuse(error, undefined);
      }
    });
    this.#queue = mine;
    return mine;
  }
}
