import { useEffect, useId, useState } from 'preact/hooks';
import { text } from '../text/index.ts';

/** One thing that what was typed may become. */
export interface Completion {
  name: string;
  /** As it is written. */
  usage: string;
  summary: string;
}

/** Completion while something is typed. */
export interface CompletionState {
  id: string;
  options: readonly Completion[];
  current: number;
  pick(index: number): void;
  hover(index: number): void;
  /** Whether the key was used. */
  onKey(event: KeyboardEvent): boolean;
  aria: Record<string, string | boolean | undefined>;
}

/**
 * Offers what fits. `key`: what was typed; a new one begins at the first option.
 * @param sure Enter means what was typed and picks nothing
 */
export function useCompletions(
  key: string,
  fitting: readonly Completion[],
  sure: boolean,
  onPick: (option: Completion) => void,
): CompletionState {
  const id = useId();
  const [current, setCurrent] = useState(0);
  const [hidden, setHidden] = useState(false);
  const none = fitting.length === 0;
  useEffect(() => {
    if (none) setHidden(false);
  }, [none]);
  useEffect(() => setCurrent(0), [key]);
  const options = hidden ? [] : fitting;
  const pick = (index: number) => {
    const option = options[index];
    if (option) onPick(option);
  };
  const open = options.length > 0;
  return {
    id,
    options,
    current,
    pick,
    hover: setCurrent,
    onKey(event) {
      if (!open) return false;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setCurrent((current + step + options.length) % options.length);
      } else if (event.key === 'Tab' || (event.key === 'Enter' && !sure)) pick(current);
      else if (event.key === 'Escape') {
        event.stopPropagation();
        setHidden(true);
      } else return false;
      event.preventDefault();
      return true;
    },
    aria: open
      ? {
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': id,
          'aria-activedescendant': `${id}-${current}`,
        }
      : {},
  };
}

/** The box of completions above the composer. */
export function Completions({ state }: { state: CompletionState }) {
  useEffect(() => {
    document.getElementById(`${state.id}-${state.current}`)?.scrollIntoView({ block: 'nearest' });
  }, [state.current]);
  if (state.options.length === 0) return null;
  return (
    <div class="completions" id={state.id} role="listbox" aria-label={text.composer.completions}>
      {state.options.map(({ name, usage, summary }, index) => (
        <div
          key={name}
          id={`${state.id}-${index}`}
          class="option"
          role="option"
          tabIndex={-1}
          aria-selected={index === state.current}
          onMouseMove={() => state.hover(index)}
          onMouseDown={(event) => {
            event.preventDefault();
            state.pick(index);
          }}
        >
          <code>{usage}</code>
          <span class="muted clip">{summary}</span>
        </div>
      ))}
    </div>
  );
}
