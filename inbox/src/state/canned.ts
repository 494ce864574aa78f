import { signal } from '@preact/signals';
import type { CannedAnswerView } from '../../../src/contract/wire.ts';
import { listCanned } from '../api/answers.ts';
import { attempt } from './toasts.ts';

/** Texts that are used again and again; null until asked for. */
export const canned = signal<readonly CannedAnswerView[] | null>(null);
let asking: Promise<void> | null = null;

/** Fetches them; again when `fresh`. */
export function loadCanned(fresh = false): Promise<void> {
  if (canned.value && !fresh) return Promise.resolve();
  asking ??= attempt(listCanned()).then((page) => {
    asking = null;
    if (page) canned.value = page.items;
  });
  return asking;
}

type Searched = Pick<CannedAnswerView, 'shortcut' | 'title' | 'text' | 'lineIds'>;

/** Those for a line that fit what was typed: by shortcut first, then by title and text. */
export function cannedFor<T extends Searched>(
  lineId: string,
  typed: string,
  all: readonly T[],
): T[] {
  const q = typed.trim().toLowerCase();
  const here = all.filter(({ lineIds }) => lineIds.length === 0 || lineIds.includes(lineId));
  const byShortcut = here.filter(({ shortcut }) => shortcut.startsWith(q));
  const byWords = here.filter(
    (one) =>
      !byShortcut.includes(one) &&
      [one.title, one.text].some((words) => words.toLowerCase().includes(q)),
  );
  return [...byShortcut, ...byWords];
}
