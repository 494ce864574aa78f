import { useState } from 'preact/hooks';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';

/** A form being filled: its values, whether it is being saved, and what was refused. */
export interface FormState<T> {
  value: T;
  set(part: Partial<T>): void;
  error: ApiError | null;
  busy: boolean;
  changed: boolean;
  /** Begins anew from these values. */
  reset(value: T): void;
  /** Runs the save; null when it was refused. */
  submit<R>(save: (value: T) => Promise<R>): Promise<R | null>;
}

export function useForm<T extends object>(initial: T): FormState<T> {
  const [value, setValue] = useState(initial);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState(false);
  return {
    value,
    error,
    busy,
    changed,
    set: (part) => {
      setValue((before) => ({ ...before, ...part }));
      setChanged(true);
    },
    reset: (next) => {
      setValue(next);
      setError(null);
      setChanged(false);
    },
    async submit(save) {
      setBusy(true);
      setError(null);
      try {
        const saved = await save(value);
        setChanged(false);
        return saved;
      } catch (problem) {
        setError(asApiError(problem));
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
