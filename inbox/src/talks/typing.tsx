import type { Thread } from '../state/threads.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';

/** Who types now; the line keeps its height so that nothing jumps. */
export function Typing({ thread }: { thread: Thread }) {
  const names = thread.typing.value
    .filter(({ who }) => who.id !== me.value?.id || who.kind !== 'user')
    .map(({ who }) => who.name);
  return (
    <div class="who-types" aria-live="polite">
      {names.length > 0 && text.talks.typing(names.join(', '))}
    </div>
  );
}
