import { useEffect, useId, useState } from 'preact/hooks';
import type { CommandView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { commands, completionsOf, isCommand, loadCommands } from './commands.ts';

/** Completion of commands while they are typed. */
export interface CompletionState {
  id: string;
  options: readonly CommandView[];
  current: number;
  pick(index: number): void;
  hover(index: number): void;
  /** Whether the key was used. */
  onKey(event: KeyboardEvent): boolean;
  aria: Record<string, string | boolean | undefined>;
}

/** Offers the commands that fit what was typed. */
export function useCompletions(typed: string, complete: (line: string) => void): CompletionState {
  const id = useId();
  const [current, setCurrent] = useState(0);
  const [hidden, setHidden] = useState(false);
  const active = isCommand(typed);
  useEffect(() => {
    if (active) void loadCommands();
    else setHidden(false);
  }, [active]);
  useEffect(() => setCurrent(0), [typed]);
  const options = active && !hidden ? completionsOf(typed, commands.value ?? []) : [];
  const exact = options.some(({ name }) => name === typed.slice(1).trim());
  const pick = (index: number) => {
    const option = options[index];
    if (option) complete(`${typed[0] ?? '/'}${option.name} `);
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
      } else if (event.key === 'Tab' || (event.key === 'Enter' && !exact)) pick(current);
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
  if (state.options.length === 0) return null;
  return (
    <div class="completions" id={state.id} role="listbox" aria-label={text.composer.commands}>
      {state.options.map((command, index) => (
        <div
          key={command.name}
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
          <code>{command.usage}</code>
          <span class="muted">{command.summary}</span>
        </div>
      ))}
    </div>
  );
}
