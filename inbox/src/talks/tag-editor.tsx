import { useId, useState } from 'preact/hooks';
import { knownTalks } from '../state/talks.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Popup } from '../ui/menu.tsx';

const words = text.acts.tags;

/** Tags of a talk, or of several: those they have, with a way to take them off, and one more. */
export function TagEditor(props: {
  anchor: () => HTMLElement | null;
  tags: readonly string[];
  onAdd: (tag: string) => void;
  onRemove?: (tag: string) => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const list = useId();
  const known = [...new Set(knownTalks().flatMap(({ tags = [] }) => tags))]
    .filter((tag) => !props.tags.includes(tag))
    .sort();
  return (
    <Popup anchor={props.anchor} label={words.title} role="dialog" onClose={props.onClose}>
      <div class="caption">{words.title}</div>
      {props.onRemove && (
        <div class="tag-list">
          {props.tags.length === 0 && <span class="muted">{words.none}</span>}
          {props.tags.map((tag) => (
            <span key={tag} class="chip tag">
              {tag}
              <button
                type="button"
                aria-label={words.remove(tag)}
                onClick={() => props.onRemove?.(tag)}
              >
                ×
              </button>
            </span>
          ))}
        </div>
      )}
      <form
        class="menu-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === '') return;
          props.onAdd(typed.trim());
          setTyped('');
        }}
      >
        <input
          class="input"
          data-first
          list={list}
          maxLength={40}
          placeholder={words.add}
          aria-label={words.add}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <datalist id={list}>
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <Button type="submit" tone="primary">
          {text.act.add}
        </Button>
      </form>
    </Popup>
  );
}
