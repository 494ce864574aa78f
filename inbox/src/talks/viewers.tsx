import { attentionOf } from '../state/attention.ts';
import { text } from '../text/index.ts';
import { Icon } from '../ui/icon.tsx';

const words = text.talks;

/** Which colleagues have the talk before them, too, in a sentence; empty: nobody. */
export function looking(id: string): string {
  const names = attentionOf(id).viewers.value.map(({ name, silent }) =>
    silent ? words.silently(name) : name,
  );
  return names.length === 0 ? '' : words.looking(names.join(', '), names.length);
}

/** A mark that says so. */
export function Viewers({ id }: { id: string }) {
  const said = looking(id);
  if (!said) return null;
  const count = attentionOf(id).viewers.value.length;
  return (
    <span class="viewers" title={said}>
      <Icon name="eye" small label={said} />
      {count > 1 && <span aria-hidden="true">{count}</span>}
    </span>
  );
}
