import type { LinkedTalkView, MessageView } from '../../../src/contract/wire.ts';
import type { Outgoing } from '../state/outbox.ts';

/** One line of the talk view. Keys stay the same when an outgoing message becomes a stored one. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  /** The pages of a talk that was merged into this one. */
  | { kind: 'merged'; key: string; talk: LinkedTalkView }
  | { kind: 'event'; key: string; message: MessageView }
  /** One message, or the messages of one album. `first`, `last`: of a run by one author. */
  | {
      kind: 'message';
      key: string;
      messages: [MessageView, ...MessageView[]];
      first: boolean;
      last: boolean;
    }
  | { kind: 'outgoing'; key: string; entry: Outgoing };

const RUN_MS = 5 * 60_000;

const dayOf = (iso: string): string => {
  const date = new Date(iso);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
};
const sameRun = (one: MessageView, other: MessageView): boolean =>
  one.direction === other.direction &&
  one.author.kind === other.author.kind &&
  one.author.id === other.author.id &&
  Math.abs(Date.parse(other.at) - Date.parse(one.at)) < RUN_MS;

/**
 * The rows of a talk: day marks, the "new" mark, runs and albums.
 * @param readUpTo the "new" mark stands after this seq; null: none
 */
export function rowsOf(
  messages: readonly MessageView[],
  outgoing: readonly Outgoing[],
  readUpTo: number | null,
): Row[] {
  const rows: Row[] = [];
  let day = '';
  let marked = readUpTo === null;
  let before: MessageView | null = null;
  const stored = new Set<string>();
  for (const message of messages) {
    if (message.clientId) stored.add(message.clientId);
    if (dayOf(message.at) !== day) {
      day = dayOf(message.at);
      rows.push({ kind: 'day', key: `d${day}:${message.seq}`, at: message.at });
      before = null;
    }
    if (!marked && message.seq > (readUpTo ?? 0) && message.direction === 'in') {
      rows.push({ kind: 'new', key: 'new' });
      marked = true;
      before = null;
    }
    if (message.direction === 'event') {
      rows.push({ kind: 'event', key: message.id, message });
      before = null;
      continue;
    }
    const previous = rows.at(-1);
    const joins = before !== null && sameRun(before, message);
    if (joins && previous?.kind === 'message') {
      if (message.albumId && previous.messages[0].albumId === message.albumId) {
        previous.messages.push(message);
        before = message;
        continue;
      }
      previous.last = false;
    }
    rows.push({
      kind: 'message',
      key: message.clientId ?? message.id,
      messages: [message],
      first: !joins,
      last: true,
    });
    before = message;
  }
  for (const entry of outgoing)
    if (!stored.has(entry.body.clientId))
      rows.push({ kind: 'outgoing', key: entry.body.clientId, entry });
  return rows;
}
