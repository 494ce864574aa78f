import { signal } from '@preact/signals';
import type { ConversationView, TalkState } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import { listTalks } from '../api/talks.ts';
import { onTalk } from '../state/talks.ts';

const PAGE = 200;
/** A board of more talks than this is nobody's to read; it says that there are more. */
const PAGES = 10;

const talks = new Map<string, ConversationView>();

/** All talks that wait or are open. A new number with every change. */
export const boardVersion = signal(0);
export const boardError = signal<ApiError | null>(null);
export const boardLoaded = signal(false);
/** Whether there are more talks than the board counts. */
export const boardMore = signal(false);
export const boardTalks = (): Iterable<ConversationView> => talks.values();

function take(talk: ConversationView): void {
  const held = talks.get(talk.id);
  if (held && held.rev > talk.rev) return;
  if (talk.state === 'closed') talks.delete(talk.id);
  else talks.set(talk.id, talk);
}

async function loadState(state: TalkState): Promise<void> {
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, nextCursor } = await listTalks({ state }, cursor, PAGE);
    for (const talk of items) take(talk);
    cursor = nextCursor;
    if (cursor === null) return;
  }
  boardMore.value = true;
}

/** Fetches all talks that are not closed. */
export async function loadBoard(): Promise<void> {
  boardError.value = null;
  boardMore.value = false;
  try {
    talks.clear();
    await Promise.all([loadState('waiting'), loadState('open')]);
    boardLoaded.value = true;
  } catch (error) {
    boardError.value = asApiError(error);
  }
  boardVersion.value += 1;
}

/** Keeps the board live while it is shown. Returns how to stop. */
export function followBoard(): () => void {
  let due = 0;
  return onTalk((talk, id) => {
    if (talk) take(talk);
    else talks.delete(id);
    // Many talks change at once in a busy hour: one drawing for all of a moment.
    if (due) return;
    due = window.setTimeout(() => {
      due = 0;
      boardVersion.value += 1;
    }, 150);
  });
}
