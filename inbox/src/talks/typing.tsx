import { attentionOf } from '../state/attention.ts';
import type { Writer } from '../state/attention.ts';
import { text } from '../text/index.ts';
import { looking } from './viewers.tsx';

const words = text.talks;

/** Who writes now, in a sentence; empty: nobody. */
export function writing(writers: readonly Writer[]): string {
  const named = (notes: boolean) =>
    writers.filter(({ note }) => note === notes).map(({ who }) => who.name);
  const [answers, notes] = [named(false), named(true)];
  return [
    answers.length > 0 ? words.typing(answers.join(', '), answers.length) : '',
    notes.length > 0 ? words.typingNote(notes.join(', '), notes.length) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Who types now, else who looks; the line keeps its height so that nothing jumps. */
export function Typing({ id }: { id: string }) {
  return (
    <div class="who-types" aria-live="polite">
      {writing(attentionOf(id).writers.value) || looking(id)}
    </div>
  );
}
