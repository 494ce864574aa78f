import { useEffect, useRef } from 'preact/hooks';
import { readTimeline } from '../api/talks.ts';
import { text } from '../text/index.ts';
import { Loading, Problem } from '../ui/feedback.tsx';
import { Relative } from '../ui/time.tsx';
import { useLoad } from '../ui/use-load.ts';
import { useChanges } from './use-live.ts';

/** What happened to something: who, what, why. */
export function Timeline({ kind, id, version }: { kind: string; id: string; version?: number }) {
  const loaded = useLoad(() => readTimeline(kind, id), `${kind}${id}`);
  useChanges((change) => change.kind === kind && change.id === id, loaded.again);
  // What stands there stays until the newer is here.
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current !== version) loaded.again();
    shown.current = version;
  }, [version]);
  if (loaded.error) return <Problem error={loaded.error} retry={loaded.again} />;
  if (!loaded.value) return <Loading />;
  if (loaded.value.items.length === 0) return <p class="muted">{text.none}</p>;
  return (
    <ul class="timeline">
      {loaded.value.items.map((entry) => (
        <li key={entry.id}>
          <span>
            {entry.what}
            {entry.why && <span class="muted"> ({entry.why})</span>}
          </span>
          <span class="when">
            {entry.who.name} · <Relative at={entry.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
