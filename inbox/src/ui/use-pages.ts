import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';

/** A list that is fetched page by page. */
export interface Pages<T> {
  items: readonly T[];
  loading: boolean;
  error: ApiError | null;
  /** Whether there is more. */
  more: boolean;
  next(): void;
  again(): void;
  /** Fetches the first page quietly and puts it in place of what stands there; the rest stays. */
  refresh(): void;
  /** Changes what is shown without a fetch. */
  change(write: (items: readonly T[]) => readonly T[]): void;
}

interface State<T> {
  items: readonly T[];
  cursor: string | null;
  loading: boolean;
  error: ApiError | null;
}

/** Fetches the first page when `key` changes; late answers are dropped. */
export function usePages<T>(
  load: (cursor: string | null) => Promise<Page<T>>,
  key: string,
): Pages<T> {
  const [state, setState] = useState<State<T>>({
    items: [],
    cursor: null,
    loading: true,
    error: null,
  });
  const turn = useRef(0);
  const fetchPage = (cursor: string | null) => {
    const mine = ++turn.current;
    setState((before) => ({ ...before, loading: true, error: null }));
    load(cursor).then(
      (page) => {
        if (mine !== turn.current) return;
        setState((before) => ({
          items: cursor === null ? page.items : [...before.items, ...page.items],
          cursor: page.nextCursor,
          loading: false,
          error: null,
        }));
      },
      (error: unknown) => {
        if (mine === turn.current)
          setState((before) => ({ ...before, loading: false, error: asApiError(error) }));
      },
    );
  };
  const refresh = () => {
    const mine = turn.current;
    load(null).then(
      (page) => {
        // A page that is being fetched, or another key, says it all.
        if (mine === turn.current) setState((before) => onTop(before, page));
      },
      // What is shown stays; the next change tries again.
      () => {},
    );
  };
  useEffect(() => {
    setState({ items: [], cursor: null, loading: true, error: null });
    fetchPage(null);
    return () => {
      turn.current += 1;
    };
  }, [key]);
  return {
    items: state.items,
    loading: state.loading,
    error: state.error,
    more: state.cursor !== null,
    next: () => fetchPage(state.cursor),
    again: () => fetchPage(null),
    refresh,
    change: (write) => setState((before) => ({ ...before, items: write(before.items) })),
  };
}

/** The first page in place of what stood there. */
function onTop<T>(before: State<T>, page: Page<T>): State<T> {
  const last = idOf(page.items.at(-1));
  const end = last === null ? -1 : before.items.findIndex((item) => idOf(item) === last);
  const rest = page.nextCursor === null || end < 0 ? [] : before.items.slice(end + 1);
  return {
    ...before,
    items: [...page.items, ...rest],
    cursor: rest.length > 0 ? before.cursor : page.nextCursor,
  };
}

const idOf = (item: unknown): string | null =>
  typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : null;
