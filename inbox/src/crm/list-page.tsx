import type { ComponentChildren } from 'preact';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import type { IconName } from '../ui/icon.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import type { Pages } from '../ui/use-pages.ts';

/** A list of the CRM: head with search, table, the thing that is open beside it. */
export function ListPage<T extends { id: string }>(props: {
  title: string;
  q: string;
  searchLabel: string;
  onSearch: (q: string) => void;
  /** Filters and buttons of the head. */
  tools?: ComponentChildren;
  pages: Pages<T>;
  columns: readonly string[];
  /** Which of them hold numbers. */
  numbers?: readonly string[];
  row: (item: T) => ComponentChildren;
  selected: string | null;
  filtered: boolean;
  empty: { icon: IconName; title: string; help: string };
  panel: ComponentChildren;
}) {
  const { pages } = props;
  const nothing = pages.items.length === 0 && !pages.loading && !pages.error;
  return (
    <div class="page">
      <header class="page-head">
        <h1>{props.title}</h1>
        <SearchBox label={props.searchLabel} value={props.q} onChange={props.onSearch} />
        {props.tools}
      </header>
      <div class="split">
        <div class="table-scroll scroll" tabIndex={0} role="region" aria-label={props.title}>
          {pages.items.length > 0 && (
            <table class="table">
              <thead>
                <tr>
                  {props.columns.map((column) => (
                    <th
                      key={column}
                      scope="col"
                      class={props.numbers?.includes(column) ? 'number' : undefined}
                    >
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {pages.items.map((item) => (
                  <tr key={item.id} class={item.id === props.selected ? 'pick selected' : 'pick'}>
                    {props.row(item)}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {pages.error && <Problem error={pages.error} retry={pages.again} />}
          {pages.loading && <Loading />}
          {nothing && props.filtered && (
            <Empty icon="search" title={text.crm.nothingFound} help={text.crm.nothingFoundHelp} />
          )}
          {nothing && !props.filtered && <Empty {...props.empty} />}
          {pages.more && !pages.loading && (
            <div class="more">
              <Button onClick={pages.next}>{text.act.more}</Button>
            </div>
          )}
        </div>
        {props.panel}
      </div>
    </div>
  );
}
