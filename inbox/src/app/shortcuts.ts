import { useEffect, useRef } from 'preact/hooks';

/** What a key does here; returning false lets the key pass on. */
export type KeyActs = Readonly<Record<string, (event: KeyboardEvent) => unknown>>;

/** `ctrl+k`, `shift+?` is `?`: the way shortcuts are named. */
function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)));

/** Plain keys work when nobody is typing and no dialog is open; `ctrl+…` works everywhere. */
export function useShortcuts(acts: KeyActs): void {
  const held = useRef(acts);
  held.current = acts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = nameOf(event);
      const act = held.current[name];
      if (!act) return;
      const busy =
        writes(event.target) || document.querySelector('dialog[open], [popover]:popover-open');
      if (busy && !name.startsWith('ctrl+')) return;
      if (act(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
