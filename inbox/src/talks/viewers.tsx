import { attentionOf } from '../state/attention.ts';
import { text } from '../text/index.ts';
import { Icon } from '../ui/icon.tsx';

const words = text.talks;
/** A head has room for so many names. */
const NAMED = 2;

/** Which colleagues have the talk before them, too. `short`: a mark for lists. */
export function Viewers({ id, short }: { id: string; short?: boolean }) {
  const viewers = attentionOf(id).viewers.value;
  if (viewers.length === 0) return null;
  const names = viewers.map(({ name, silent }) => (silent ? words.silently(name) : name));
  const said = words.looking(names.join(', '), viewers.length);
  const shown = names.slice(0, NAMED).join(', ');
  const more = viewers.length - NAMED;
  return (
    <span class="viewers" title={said}>
      <Icon name="eye" small label={said} />
      {short ? (
        viewers.length > 1 && <span aria-hidden="true">{viewers.length}</span>
      ) : (
        <span class="clip" aria-hidden="true">
          {more > 0 ? words.andMore(shown, more) : shown}
        </span>
      )}
    </span>
  );
}
