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
    change: (write) => setState((before) => ({ ...before, items: write(before.items) })),
  };
}
