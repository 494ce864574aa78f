import { useEffect, useRef } from 'preact/hooks';
import { link } from '../live/socket.ts';
import { onRecords } from '../state/records.ts';
import type { RecordKind } from '../state/records.ts';
import type { Loaded } from '../ui/use-load.ts';
import type { Pages } from '../ui/use-pages.ts';

/** In a busy minute many records come: a list is fetched once for all of a moment. */
const GATHER_MS = 700;

/** Keeps a list right while others work: what changed is read again, what is new is fetched from the top. */
export function useLiveList<T extends { id: string }>(
  kind: RecordKind,
  pages: Pages<T>,
  read: (id: string) => Promise<T>,
): void {
  const now = useRef(pages);
  now.current = pages;
  const due = useRef(0);
  const refreshSoon = () => {
    clearTimeout(due.current);
    due.current = window.setTimeout(() => now.current.refresh(), GATHER_MS);
  };
  useEffect(() => {
    const reread = async (id: string) => {
      // Out of sight or gone: then the list says what is there.
      const record = await read(id).catch(() => null);
      now.current.change((items) =>
        items.flatMap((one) => (one.id !== id ? one : record ? record : [])),
      );
    };
    const stop = onRecords((changes) => {
      const ids = changes.filter((change) => change.kind === kind).map(({ id }) => id);
      const shown = new Set(now.current.items.map(({ id }) => id));
      for (const id of ids) if (shown.has(id)) void reread(id);
      if (ids.some((id) => !shown.has(id))) refreshSoon();
    });
    return () => {
      stop();
      clearTimeout(due.current);
    };
  }, [kind]);
  // Whatever happened while the link was away was not heard.
  const live = link.value === 'live';
  const first = useRef(true);
  useEffect(() => {
    if (live && !first.current) refreshSoon();
    if (live) first.current = false;
  }, [live]);
}

/** Keeps one record right that is open beside a list. */
export function useLiveRecord<T>(kind: RecordKind, id: string, loaded: Loaded<T>): void {
  const now = useRef(loaded);
  now.current = loaded;
  useEffect(
    () =>
      onRecords((changes) => {
        if (changes.some((change) => change.kind === kind && change.id === id)) now.current.again();
      }),
    [kind, id],
  );
}
