import { messageOf } from '../../base/errors.ts';
import type { VisitorReach } from '../../contract/visitor.ts';
import type { Desk } from '../../desk/desk.ts';
import { readReach } from '../../desk/visitors/reach.ts';
import type { DomainEvent } from '../../domain/events/events.ts';
import type { Visit } from './visit.ts';

/** Presence of a whole shift changes at once: asked for once. */
const REACH_DELAY_MS = 300;
/** Opening hours begin and end without an event. */
const REACH_EVERY_MS = 30_000;

/** Tells the visits that are under way what happened in their talks. */
export class Hub {
  readonly #desk: Desk;
  readonly #byChat = new Map<string, Set<Visit>>();
  readonly #byLine = new Map<string, Set<Visit>>();
  readonly #reach = new Map<string, string>();
  readonly #stopListening: () => void;
  readonly #ticker: NodeJS.Timeout;
  #soon: NodeJS.Timeout | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#stopListening = desk.bus.onAny((event) => this.#hear(event));
    this.#ticker = setInterval(() => void this.#tellReach(), REACH_EVERY_MS);
    this.#ticker.unref();
  }

  /** Who is there, for limits and figures. */
  get size(): number {
    return [...this.#byLine.values()].reduce((sum, visits) => sum + visits.size, 0);
  }

  stop(): void {
    this.#stopListening();
    clearInterval(this.#ticker);
    if (this.#soon) clearTimeout(this.#soon);
  }

  /** The visit looks at this line. */
  enter(lineId: string, visit: Visit): void {
    add(this.#byLine, lineId, visit);
  }

  /** The visit follows this chat. */
  follow(accountId: string, chat: string, visit: Visit): void {
    add(this.#byChat, key(accountId, chat), visit);
  }

  unfollow(accountId: string, chat: string, visit: Visit): void {
    drop(this.#byChat, key(accountId, chat), visit);
  }

  leave(lineId: string, visit: Visit): void {
    drop(this.#byLine, lineId, visit);
    if (!this.#byLine.has(lineId)) this.#reach.delete(lineId);
  }

  #hear(event: DomainEvent): void {
    if (this.#byLine.size === 0) return;
    switch (event.type) {
      case 'message.appended':
      case 'message.changed':
        for (const visit of this.#at(event.conversation))
          visit.onMessage(event.message, event.conversation);
        return;
      case 'typing':
        if (event.who.kind === 'user' && !event.note && !event.silent) this.#typing(event);
        return;
      case 'presence.changed':
      case 'user.changed':
      case 'line.changed':
        this.#reachSoon();
        return;
      default:
        if ('conversation' in event)
          for (const visit of this.#at(event.conversation))
            visit.onConversation(event.conversation);
    }
  }

  #typing(event: Extract<DomainEvent, { type: 'typing' }>): void {
    for (const visits of this.#byChat.values())
      for (const visit of visits)
        if (visit.conversationId === event.conversationId) visit.onTyping(event.who.name, event.on);
  }

  #at({ accountId, chat }: { accountId: string; chat: string }): Iterable<Visit> {
    return this.#byChat.get(key(accountId, chat)) ?? [];
  }

  #reachSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      void this.#tellReach();
    }, REACH_DELAY_MS);
  }

  async #tellReach(): Promise<void> {
    for (const [lineId, visits] of this.#byLine) {
      try {
        const line = await this.#desk.stores.lines.get(lineId);
        if (!line) continue;
        const reach: VisitorReach = await readReach(this.#desk, line);
        const text = JSON.stringify(reach);
        if (this.#reach.get(lineId) === text) continue;
        this.#reach.set(lineId, text);
        for (const visit of visits) visit.onReach(reach);
      } catch (error) {
        this.#desk.log.warn(
          { lineId, error: messageOf(error) },
          'visitors could not be told who is there',
        );
      }
    }
  }
}

const key = (accountId: string, chat: string): string => `${accountId}\n${chat}`;

function add(map: Map<string, Set<Visit>>, name: string, visit: Visit): void {
  const set = map.get(name) ?? new Set();
  map.set(name, set.add(visit));
}

function drop(map: Map<string, Set<Visit>>, name: string, visit: Visit): void {
  const set = map.get(name);
  set?.delete(visit);
  if (set?.size === 0) map.delete(name);
}
