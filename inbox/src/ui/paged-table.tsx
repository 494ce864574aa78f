import type { ComponentChildren } from 'preact';
import { text } from '../text/index.ts';
import { Button } from './button.tsx';
import { Loading, Problem } from './feedback.tsx';
import type { Pages } from './use-pages.ts';

/** A column: its title, or with what its cells are. `hidden`: read aloud only. */
export type Column = string | { title: string; number?: boolean; hidden?: boolean };

const whole = (column: Column) => (typeof column === 'string' ? { title: column } : column);

/** A table that is fetched page by page; says that it is being fetched, what went wrong, or that there is nothing. */
export function PagedTable<T extends { id: string }>(props: {
  label: string;
  pages: Pages<T>;
  columns: readonly Column[];
  /** The cells of one row. */
  row: (item: T) => ComponentChildren;
  rowClass?: (item: T) => string;
  empty: ComponentChildren;
}) {
  const { pages } = props;
  return (
    <div class="table-scroll scroll" tabIndex={0} role="region" aria-label={props.label}>
      {pages.items.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {props.columns.map(whole).map(({ title, number, hidden }) => (
                <th key={title} scope="col" class={number ? 'number' : undefined}>
                  {hidden ? <span class="hidden-text">{title}</span> : title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.items.map((item) => (
              <tr key={item.id} class={props.rowClass?.(item)}>
                {props.row(item)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages.error && <Problem error={pages.error} retry={pages.again} />}
      {pages.loading && <Loading />}
      {pages.items.length === 0 && !pages.loading && !pages.error && props.empty}
      {pages.more && !pages.loading && (
        <div class="more">
          <Button onClick={pages.next}>{text.act.more}</Button>
        </div>
      )}
    </div>
  );
}
