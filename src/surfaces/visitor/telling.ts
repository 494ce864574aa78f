import type { VisitorMessage } from '../../contract/wire.ts';
import type { VisitorNews } from '../../contract/visitor.ts';
import type { Desk } from '../../desk/desk.ts';
import type { VisitorTalk } from '../../desk/visitors/read-visitor-talk.ts';
import { visitorMessages } from '../../desk/visitors/visitor-messages.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Message } from '../../domain/conversations/message.ts';

/** How many messages are remembered as told, to tell news from repetition. */
const REMEMBERED = 300;

/** What of its talk a visit has been told: nothing is told twice, nothing is left out, all of it in order. */
export class Telling {
  readonly #desk: Desk;
  readonly #send: (news: VisitorNews) => void;
  /** The last seq looked at, notes included. */
  #cursor = 0;
  #seenSeq = 0;
  readonly #told = new Map<string, string>();

  constructor(desk: Desk, send: (news: VisitorNews) => void) {
    this.#desk = desk;
    this.#send = send;
  }

  /** Begins after what a welcome told; null: there is no talk yet. */
  begin(talk: VisitorTalk | null): void {
    this.#cursor = talk?.upToSeq ?? 0;
    this.#seenSeq = talk?.seenSeq ?? 0;
    this.#told.clear();
    for (const message of talk?.messages ?? []) this.#remember(message.id, fingerprint(message));
  }

  /** A message was added or changed. What lies between it and the last one told is read and told first. */
  async message(message: Message, conversation: Conversation): Promise<void> {
    this.seen(conversation);
    if (message.seq <= this.#cursor) {
      await this.#show([message]);
      return;
    }
    const next =
      message.seq === this.#cursor + 1
        ? [message]
        : await this.#desk.stores.messages.after(conversation.id, this.#cursor, REMEMBERED);
    const fresh = next.filter(({ seq }) => seq > this.#cursor);
    await this.#show(fresh);
    this.#cursor = fresh.at(-1)?.seq ?? this.#cursor;
  }

  /** Somebody may have read what the visitor wrote. */
  seen(conversation: Conversation): void {
    if (conversation.unread > 0 || conversation.seq <= this.#seenSeq) return;
    this.#seenSeq = conversation.seq;
    this.#send({ type: 'seen', seq: conversation.seq });
  }

  async #show(messages: readonly Message[]): Promise<void> {
    const at = this.#desk.clock.now().toISOString();
    for (const message of await visitorMessages(this.#desk, messages, this.#seenSeq)) {
      const print = fingerprint(message);
      const before = this.#told.get(message.id);
      if (before === print) continue;
      this.#remember(message.id, print);
      this.#send({ type: before === undefined ? 'message' : 'changed', message, at });
    }
  }

  #remember(id: string, print: string): void {
    this.#told.delete(id);
    this.#told.set(id, print);
    const oldest = this.#told.keys().next();
    if (this.#told.size > REMEMBERED && !oldest.done) this.#told.delete(oldest.value);
  }
}

/** What a visitor would see change: addresses of files differ by the day, and `seen` tells who read theirs. */
function fingerprint({ read, files, ...rest }: VisitorMessage): string {
  const readByVisitor = rest.from !== 'visitor' && read;
  return JSON.stringify({
    ...rest,
    readByVisitor,
    files: files.map(({ id, state }) => [id, state]),
  });
}
