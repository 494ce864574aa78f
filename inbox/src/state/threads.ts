import { batch, signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import type {
  ConversationDetail,
  ConversationView,
  MessageView,
  ResumeAnswer,
} from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { markTalkRead, readMessages, readTalk } from '../api/talks.ts';
import { link, resume, unwatch, watch } from '../live/socket.ts';
import { takeWriting } from './attention.ts';
import { NOTHING_HELD, lastSeq, mergeMessages, prependOlder } from './merge.ts';
import type { Held } from './merge.ts';
import { putTalk, talkSignal } from './talks.ts';

/** One talk as the talk view shows it. */
export interface Thread {
  id: string;
  detail: Signal<ConversationDetail | null>;
  held: Signal<Held>;
  /** Whether messages before the first held one exist. */
  hasOlder: Signal<boolean>;
  loading: Signal<boolean>;
  error: Signal<ApiError | null>;
  /** Server time of the last catch-up. */
  since: string | null;
  /** Messages up to this seq were read when the talk was opened: where "new" begins. */
  readUpTo: Signal<number | null>;
}

const PAGE = 60;
const KEPT = 12;
const threads = new Map<string, Thread>();
/** The talk on the screen; only it is watched. */
let watched: string | null = null;

/** The thread of a talk; loads it when it is new. */
export function threadOf(id: string): Thread {
  const held = threads.get(id);
  if (held) {
    threads.delete(id);
    threads.set(id, held);
    return held;
  }
  const thread: Thread = {
    id,
    detail: signal(null),
    held: signal(NOTHING_HELD),
    hasOlder: signal(false),
    loading: signal(false),
    error: signal(null),
    since: null,
    readUpTo: signal(null),
  };
  threads.set(id, thread);
  for (const oldest of threads.keys()) {
    if (threads.size <= KEPT) break;
    if (oldest !== watched) threads.delete(oldest);
  }
  return thread;
}

/** Shows a talk: loads what is missing and follows it live. */
export async function openThread(id: string): Promise<void> {
  if (watched && watched !== id) unwatch(watched);
  watched = id;
  const thread = threadOf(id);
  if (thread.loading.peek()) return;
  thread.loading.value = true;
  thread.error.value = null;
  try {
    const knownSeq = talkSignal(id).peek()?.seq;
    const fresh = thread.held.peek().items.length === 0;
    const pageOf = (seq: number) => readMessages(id, { beforeSeq: seq + 1, limit: PAGE });
    const early = fresh && knownSeq !== undefined ? pageOf(knownSeq) : null;
    const detail = await readTalk(id);
    const page = fresh ? await (early ?? pageOf(detail.seq)) : null;
    batch(() => {
      thread.detail.value = detail;
      putTalk(detail);
      if (page) takeFirstPage(thread, page.items, detail);
    });
    await catchUp(thread);
  } catch (error) {
    thread.error.value = asApiError(error);
  } finally {
    thread.loading.value = false;
  }
}

function takeFirstPage(
  thread: Thread,
  items: readonly MessageView[],
  detail: ConversationDetail,
): void {
  thread.held.value = mergeMessages(NOTHING_HELD, items, '').held;
  thread.hasOlder.value = (thread.held.value.items[0]?.seq ?? 1) > 1;
  if (detail.unread === 0) return;
  const inbound = thread.held.value.items.filter(({ direction }) => direction === 'in');
  const firstNew = inbound[Math.max(0, inbound.length - detail.unread)];
  const before = thread.held.value.items.some(
    ({ seq, direction }) => direction !== 'event' && seq < (firstNew?.seq ?? 0),
  );
  // Where everything is new, a mark says nothing.
  thread.readUpTo.value = firstNew && (before || thread.hasOlder.value) ? firstNew.seq - 1 : null;
}

/** The talk is no longer on the screen. */
export function leaveThread(id: string): void {
  if (watched !== id) return;
  watched = null;
  unwatch(id);
  threadOf(id).readUpTo.value = null;
}

async function catchUp(thread: Thread): Promise<void> {
  if (link.peek() !== 'live') return;
  const ask = watched === thread.id ? watch : resume;
  let answer: ResumeAnswer;
  do {
    answer = await ask({
      conversationId: thread.id,
      afterSeq: lastSeq(thread.held.peek()),
      ...(thread.since ? { since: thread.since } : {}),
    });
    takeAnswer(thread, answer);
  } while (answer.more && answer.items.length > 0);
}

function takeAnswer(thread: Thread, answer: ResumeAnswer): void {
  batch(() => {
    const { held } = mergeMessages(
      thread.held.peek(),
      [...answer.changed, ...answer.items],
      answer.at,
    );
    thread.held.value = held;
    if (!answer.more) thread.since = answer.at;
    takeConversation(answer.conversation);
  });
}

const catching = new Set<string>();
function fetchGap(thread: Thread): void {
  if (catching.has(thread.id)) return;
  catching.add(thread.id);
  catchUp(thread)
    .catch((error: unknown) => {
      thread.error.value = asApiError(error);
    })
    .finally(() => catching.delete(thread.id));
}

/** Takes in one message that came live or as the answer to a call. */
export function takeMessage(message: MessageView, at: string): void {
  const thread = threads.get(message.conversationId);
  if (!thread || thread.held.peek().items.length === 0) {
    if (thread && !thread.loading.peek()) fetchGap(thread);
    return;
  }
  const { held, gap } = mergeMessages(thread.held.peek(), [message], at);
  batch(() => {
    thread.held.value = held;
    if (message.direction !== 'event') takeWriting(message.conversationId, message.author, false);
  });
  if (gap) fetchGap(thread);
  // A merge, or what follows one: only the detail knows the other talk.
  if (message.event?.conversationId) void refreshDetail(message.conversationId);
}

/** Takes in a talk's newer state; what only the detail has is fetched again when it may have changed. */
export function takeConversation(view: ConversationView): void {
  putTalk(view);
  const thread = threads.get(view.id);
  const detail = thread?.detail.peek();
  if (!thread || !detail || detail.rev > view.rev) return;
  thread.detail.value = { ...detail, ...view };
  const changed =
    detail.ownerId !== view.ownerId ||
    detail.state !== view.state ||
    detail.leadId !== view.leadId ||
    detail.blocked !== view.blocked ||
    detail.offer?.operatorId !== view.offer?.operatorId ||
    detail.guests?.length !== view.guests?.length ||
    detail.contact.id !== view.contact.id ||
    detail.mergedInto !== view.mergedInto ||
    (detail.capabilities.replyWindow !== null && view.lastMessage?.direction === 'in');
  if (changed) void refreshDetail(view.id);
}

/** Reads the detail again, quietly. */
export async function refreshDetail(id: string): Promise<void> {
  const thread = threads.get(id);
  if (!thread) return;
  try {
    const detail = await readTalk(id);
    if ((thread.detail.peek()?.rev ?? 0) <= detail.rev) thread.detail.value = detail;
    putTalk(detail);
  } catch (error) {
    if (asApiError(error).code !== 'offline') thread.error.value = asApiError(error);
  }
}

/** Loads the page before the first held message. */
export async function loadOlder(thread: Thread): Promise<void> {
  const first = thread.held.peek().items[0]?.seq;
  if (thread.loading.peek() || !thread.hasOlder.peek() || first === undefined) return;
  thread.loading.value = true;
  try {
    const page = await readMessages(thread.id, { beforeSeq: first, limit: 100 });
    batch(() => {
      thread.held.value = prependOlder(thread.held.peek(), page.items);
      const now = thread.held.peek().items[0]?.seq ?? 1;
      thread.hasOlder.value = now > 1 && now < first;
    });
  } catch (error) {
    thread.error.value = asApiError(error);
  } finally {
    thread.loading.value = false;
  }
}

/** Loads until the message with this seq is held; says whether it is. */
export async function loadUntil(thread: Thread, seq: number): Promise<boolean> {
  for (let pages = 0; pages < 50; pages += 1) {
    const first = thread.held.peek().items[0]?.seq ?? 1;
    if (first <= seq) return true;
    await loadOlder(thread);
    if ((thread.held.peek().items[0]?.seq ?? 1) === first) return false;
  }
  return false;
}

/** Tells the server that the talk was read, when there is something unread. */
export function readNow(id: string): void {
  const talk = talkSignal(id).peek();
  if (!talk || talk.unread === 0 || document.hidden) return;
  putTalk({ ...talk, unread: 0 });
  markTalkRead(id).catch(() => {
    // Not at once: the talk on the screen would ask again and again.
    setTimeout(() => {
      const now = talkSignal(id).peek();
      if (now?.rev === talk.rev) putTalk(talk);
    }, 10_000);
  });
}

/** After the link was away: the talk on the screen catches up, the others are read anew when they are opened. */
export async function recoverThreads(): Promise<void> {
  for (const id of [...threads.keys()]) if (id !== watched) threads.delete(id);
  const thread = watched ? threads.get(watched) : null;
  if (!thread) return;
  if (thread.held.peek().items.length === 0 || !thread.detail.peek()) await openThread(thread.id);
  else {
    await catchUp(thread).catch((error: unknown) => {
      thread.error.value = asApiError(error);
    });
    await refreshDetail(thread.id);
  }
}

/** Forgets everything. */
export function forgetThreads(): void {
  threads.clear();
  watched = null;
}
