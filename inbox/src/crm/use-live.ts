import { useEffect, useRef } from 'preact/hooks';
import { link } from '../live/socket.ts';
import { onRecords } from '../state/records.ts';
import type { RecordChange, RecordKind } from '../state/records.ts';
import type { Pages } from '../ui/use-pages.ts';

/** In a busy minute many records come: what shows them is fetched once for all of a moment. */
const GATHER_MS = 700;

/** A function that runs `act` once for all its calls of a moment, and also when the link is back: what happened was not heard. */
function useSoon(act: () => void): () => void {
  const now = useRef(act);
  now.current = act;
  const due = useRef(0);
  const soon = () => {
    clearTimeout(due.current);
    due.current = window.setTimeout(() => now.current(), GATHER_MS);
  };
  useEffect(() => () => clearTimeout(due.current), []);
  const live = link.value === 'live';
  const first = useRef(true);
  useEffect(() => {
    if (live && !first.current) soon();
    if (live) first.current = false;
  }, [live]);
  return soon;
}

/** Keeps a list right while others work: what changed is read again, what is new is fetched from the top. */
export function useLiveList<T extends { id: string }>(
  kind: RecordKind,
  pages: Pages<T>,
  read: (id: string) => Promise<T>,
): void {
  const now = useRef(pages);
  now.current = pages;
  const refreshSoon = useSoon(() => now.current.refresh());
  useEffect(() => {
    const reread = async (id: string) => {
      // Out of sight or gone: then the list says what is there.
      const record = await read(id).catch(() => null);
      now.current.change((items) =>
        items.flatMap((one) => (one.id !== id ? one : record ? record : [])),
      );
    };
    return onRecords((changes) => {
      const ids = changes.filter((change) => change.kind === kind).map(({ id }) => id);
      const shown = new Set(now.current.items.map(({ id }) => id));
      for (const id of ids) if (shown.has(id)) void reread(id);
      if (ids.some((id) => !shown.has(id))) refreshSoon();
    });
  }, [kind]);
}

/** Fetches again after records changed that this shows. */
export function useChanges(concerns: (change: RecordChange) => boolean, again: () => void): void {
  const now = useRef(concerns);
  now.current = concerns;
  const soon = useSoon(again);
  useEffect(
    () =>
      onRecords((changes) => {
        if (changes.some(now.current)) soon();
      }),
    [],
  );
}
