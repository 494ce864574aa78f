import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../api/http.ts';
import { text } from '../text/index.ts';
import { Loading, Problem } from './feedback.tsx';

/** A component whose code comes when it is first shown; a failed load can be tried again. */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function LazyPart(props: P) {
    const [Part, setPart] = useState<{ of: ComponentType<P> } | null>(loaded && { of: loaded });
    const [failed, setFailed] = useState(false);
    const fetchPart = () => {
      setFailed(false);
      load().then(
        (part) => {
          loaded = part;
          setPart({ of: part });
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (!Part) fetchPart();
    }, []);
    if (failed)
      return (
        <div class="page">
          <Problem
            error={new ApiError('offline', text.errors.broken, text.errors.brokenHint, null, 0)}
            retry={fetchPart}
          />
        </div>
      );
    return Part ? <Part.of {...props} /> : <Loading />;
  };
}
