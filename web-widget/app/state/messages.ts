import type { VisitorUpload } from '../../../src/contract/visitor.ts';
import type { VisitorMessage } from '../../../src/contract/wire.ts';

/** A message of the visitor's that the server does not have yet, or has not shown yet. */
export interface Pending {
  clientId: string;
  text: string;
  files: VisitorUpload[];
  at: string;
  /** `waiting`: to be sent. `stored`: the server has it. `failed`: the visitor must decide. */
  state: 'waiting' | 'stored' | 'failed';
  /** Why it failed, for the visitor. */
  why?: string;
  contact?: { name?: string; email?: string; phone?: string };
  /** A pressed button's token and message, instead of a text. */
  button?: { token: string; messageId?: string };
}

/** Puts messages into those that are there: in order of seq, each once; the newer version wins. */
export function merge(
  held: readonly VisitorMessage[],
  news: readonly VisitorMessage[],
): VisitorMessage[] {
  const byId = new Map(held.map((message) => [message.id, message]));
  for (const message of news) byId.set(message.id, keepAddresses(message, byId.get(message.id)));
  return [...byId.values()].sort((one, other) => one.seq - other.seq);
}

/** An address that is signed anew would load the same picture again. */
function keepAddresses(
  message: VisitorMessage,
  before: VisitorMessage | undefined,
): VisitorMessage {
  if (!before) return message;
  const urls = new Map(before.files.map(({ id, url }) => [id, url]));
  return {
    ...message,
    // Seen once is seen: a change made before it must not take it back.
    read: message.read || before.read,
    files: message.files.map((file) =>
      file.url && urls.get(file.id) ? { ...file, url: urls.get(file.id) ?? file.url } : file,
    ),
  };
}

/** Those that are still to be shown beside the messages: the server's version takes the place of ours. */
export function stillPending(
  pending: readonly Pending[],
  messages: readonly VisitorMessage[],
): Pending[] {
  const there = new Set(messages.flatMap(({ clientId }) => (clientId ? [clientId] : [])));
  return pending.filter(({ clientId }) => !there.has(clientId));
}

/** Everything of the visitor's up to `seq` was seen. */
export function markSeen(messages: readonly VisitorMessage[], seq: number): VisitorMessage[] {
  return messages.map((message) =>
    message.from === 'visitor' && message.seq <= seq && !message.read
      ? { ...message, read: true }
      : message,
  );
}

/** Everything of the business up to `seq` was read by the visitor. */
export function markRead(messages: readonly VisitorMessage[], seq: number): VisitorMessage[] {
  return messages.map((message) =>
    message.from !== 'visitor' && message.seq <= seq && !message.read
      ? { ...message, read: true }
      : message,
  );
}

/** Messages of the business that the visitor has not read. */
export function unreadOf(messages: readonly VisitorMessage[]): VisitorMessage[] {
  return messages.filter(({ from, read, removed }) => from !== 'visitor' && !read && !removed);
}

/** A message beside its neighbours. */
export interface Placed {
  message: VisitorMessage;
  /** The first of its day: the day stands above it. */
  newDay: boolean;
  /** The first of several by the same author in a row. */
  first: boolean;
  last: boolean;
}

const TOGETHER_MS = 5 * 60_000;

/** Which messages stand together: same author, same day, at most five minutes apart. */
export function place(messages: readonly VisitorMessage[]): Placed[] {
  const day = ({ at }: VisitorMessage) => new Date(at).toDateString();
  const apart = (one: VisitorMessage | undefined, other: VisitorMessage | undefined): boolean =>
    !one ||
    !other ||
    one.from !== other.from ||
    one.name !== other.name ||
    day(one) !== day(other) ||
    Math.abs(Date.parse(other.at) - Date.parse(one.at)) > TOGETHER_MS;
  return messages.map((message, index) => {
    const before = messages[index - 1];
    return {
      message,
      newDay: !before || day(before) !== day(message),
      first: apart(before, message),
      last: apart(message, messages[index + 1]),
    };
  });
}
