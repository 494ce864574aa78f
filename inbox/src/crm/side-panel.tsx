import type { ComponentChildren } from 'preact';
import { navigate } from '../app/navigate.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Loading, Problem } from '../ui/feedback.tsx';
import type { Loaded } from '../ui/use-load.ts';

/** The thing that is open beside a list. */
export function SidePanel<T>(props: {
  loaded: Loaded<T>;
  title: (value: T) => string;
  /** The list's address. */
  back: string;
  children: (value: T) => ComponentChildren;
}) {
  const { value, error, again } = props.loaded;
  return (
    <aside class="panel scroll" aria-label={value === null ? text.loading : props.title(value)}>
      <div class="panel-head">
        <h2 class="grow">{value === null ? '' : props.title(value)}</h2>
        <Button
          icon="cross"
          label={text.act.close}
          tone="quiet"
          small
          onClick={() => navigate(props.back)}
        />
      </div>
      {error && <Problem error={error} retry={again} />}
      {value === null && !error && <Loading />}
      {value !== null && props.children(value)}
    </aside>
  );
}
