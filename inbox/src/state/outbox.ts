import { computed, signal } from '@preact/signals';
import type { FileView, SendBody } from '../../../src/contract/wire.ts';
import { asApiError, isPassing } from '../api/http.ts';
import { sendMessage } from '../api/talks.ts';
import { keep, kept } from './keep.ts';
import { me } from './session.ts';
import { takeMessage } from './threads.ts';

/** A message on its way from this browser to the server. It leaves only when the server has it or a person drops it. */
export interface Outgoing {
  conversationId: string;
  /** Whose it is: another person at this browser must not send it. */
  userId: string;
  at: string;
  body: SendBody;
  /** For showing it before the server has it. */
  files: FileView[];
  replyText: string | null;
  /**
   * `queued`: waits for its turn or for the network. `asks`: a colleague answered first. `refused`: the server will
   * not take it.
   */
  state: 'queued' | 'sending' | 'asks' | 'refused';
  problem: { message: string; hint: string } | null;
}

const isOutgoing = (value: unknown): value is Outgoing =>
  typeof value === 'object' && value !== null && 'conversationId' in value && 'body' in value;
const isQueue = (value: unknown): value is Outgoing[] =>
  Array.isArray(value) && value.every(isOutgoing);

const all = signal<readonly Outgoing[]>(
  (kept('outbox', isQueue) ?? []).map((entry) =>
    entry.state === 'sending' ? { ...entry, state: 'queued' } : entry,
  ),
);

/** What this person has on its way. */
export const outbox = computed(() => all.value.filter(({ userId }) => userId === me.value?.id));
/** What one talk has on its way, oldest first. */
export const outgoingOf = (conversationId: string): readonly Outgoing[] =>
  outbox.value.filter((entry) => entry.conversationId === conversationId);

function write(next: readonly Outgoing[]): void {
  all.value = next;
  keep('outbox', next.length > 0 ? next : null);
}
function change(clientId: string, part: Partial<Outgoing>): void {
  write(
    all.value.map((entry) => (entry.body.clientId === clientId ? { ...entry, ...part } : entry)),
  );
}

/** A key that makes a repeat harmless. */
export const newClientId = (): string =>
  // `randomUUID` exists only on pages served over TLS or from this machine.
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/** Puts a message on its way. */
export function post(
  entry: Pick<Outgoing, 'conversationId' | 'body' | 'files' | 'replyText'>,
): void {
  const userId = me.value?.id;
  if (!userId) return;
  write([
    ...all.value,
    { ...entry, userId, at: new Date().toISOString(), state: 'queued', problem: null },
  ]);
  void pump(entry.conversationId);
}

/** Takes a message out; gives it back so that its text is not lost. */
export function withdraw(clientId: string): Outgoing | null {
  const entry = all.value.find(({ body }) => body.clientId === clientId) ?? null;
  write(all.value.filter(({ body }) => body.clientId !== clientId));
  if (entry) void pump(entry.conversationId);
  return entry;
}

/** Sends although a colleague answered first. */
export function sendAnyway(clientId: string): void {
  const entry = all.value.find(({ body }) => body.clientId === clientId);
  if (!entry) return;
  change(clientId, { state: 'queued', problem: null, body: { ...entry.body, force: true } });
  void pump(entry.conversationId);
}

/** Tries a refused one again. */
export function tryAgain(clientId: string): void {
  const entry = all.value.find(({ body }) => body.clientId === clientId);
  if (!entry) return;
  change(clientId, { state: 'queued', problem: null });
  void pump(entry.conversationId);
}

const pumping = new Set<string>();
const waits = new Map<string, number>();

/** Sends a talk's messages in order, one at a time. A passing failure stops it until `pumpAll` or its own timer. */
async function pump(conversationId: string): Promise<void> {
  if (pumping.has(conversationId)) return;
  pumping.add(conversationId);
  try {
    for (;;) {
      const head = outgoingOf(conversationId)[0];
      if (head?.state !== 'queued') return;
      if (!(await sendOne(head))) return;
    }
  } finally {
    pumping.delete(conversationId);
  }
}

async function sendOne({ conversationId, body }: Outgoing): Promise<boolean> {
  change(body.clientId, { state: 'sending' });
  try {
    const message = await sendMessage(conversationId, body);
    waits.delete(conversationId);
    takeMessage(message, '');
    write(all.value.filter((entry) => entry.body.clientId !== body.clientId));
    return true;
  } catch (error) {
    const problem = asApiError(error);
    if (isPassing(problem) || problem.code === 'unauthenticated')
      later(conversationId, body.clientId);
    else
      change(body.clientId, {
        state: problem.code === 'colleague_replied' ? 'asks' : 'refused',
        problem: { message: problem.message, hint: problem.hint },
      });
    return false;
  }
}

function later(conversationId: string, clientId: string): void {
  change(clientId, { state: 'queued' });
  const wait = Math.min((waits.get(conversationId) ?? 500) * 2, 30_000);
  waits.set(conversationId, wait);
  setTimeout(() => void pump(conversationId), wait);
}

/** Tries everything that waits: the network is back, or somebody signed in. */
export function pumpAll(): void {
  for (const id of new Set(outbox.value.map(({ conversationId }) => conversationId))) void pump(id);
}
