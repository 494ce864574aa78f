import { useEffect, useRef, useState } from 'preact/hooks';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';

/** Something fetched for a screen. `value` stays while it is fetched again. */
export interface Loaded<T> {
  value: T | null;
  error: ApiError | null;
  loading: boolean;
  again(): void;
  set(value: T): void;
}

/** Fetches when `key` changes; late answers to an older key are dropped. */
export function useLoad<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; error: ApiError | null; loading: boolean }>(
    {
      value: null,
      error: null,
      loading: true,
    },
  );
  const turn = useRef(0);
  const run = () => {
    const mine = ++turn.current;
    setState((before) => ({ ...before, loading: true }));
    load().then(
      (value) => {
        if (mine === turn.current) setState({ value, error: null, loading: false });
      },
      (error: unknown) => {
        if (mine === turn.current)
          setState((before) => ({ ...before, error: asApiError(error), loading: false }));
      },
    );
  };
  useEffect(() => {
    setState({ value: null, error: null, loading: true });
    run();
    return () => {
      turn.current += 1;
    };
  }, [key]);
  return { ...state, again: run, set: (value) => setState({ value, error: null, loading: false }) };
}
