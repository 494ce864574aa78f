import type { ComponentChildren } from 'preact';
import { text } from '../text/index.ts';
import { Empty } from '../ui/feedback.tsx';
import type { IconName } from '../ui/icon.tsx';
import { PagedTable } from '../ui/paged-table.tsx';
import type { Column } from '../ui/paged-table.tsx';
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
  columns: readonly Column[];
  row: (item: T) => ComponentChildren;
  selected: string | null;
  filtered: boolean;
  empty: { icon: IconName; title: string; help: string };
  panel: ComponentChildren;
}) {
  return (
    <div class={props.selected ? 'page list-page inside' : 'page list-page'}>
      <header class="page-head">
        <h1>{props.title}</h1>
        <SearchBox label={props.searchLabel} value={props.q} onChange={props.onSearch} />
        {props.tools}
      </header>
      <div class="split">
        <PagedTable
          label={props.title}
          pages={props.pages}
          columns={props.columns}
          row={props.row}
          rowClass={({ id }) => (id === props.selected ? 'pick selected' : 'pick')}
          empty={
            props.filtered ? (
              <Empty icon="search" title={text.crm.nothingFound} help={text.crm.nothingFoundHelp} />
            ) : (
              <Empty {...props.empty} />
            )
          }
        />
        {props.panel}
      </div>
    </div>
  );
}
