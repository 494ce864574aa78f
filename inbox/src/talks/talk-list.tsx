import { useEffect, useRef, useState } from 'preact/hooks';
import { to } from '../app/routes.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { TABS } from '../state/placing.ts';
import type { ListChoice, Tab } from '../state/placing.ts';
import { EVERYBODY } from '../state/scope.ts';
import type { Scope } from '../api/scope.ts';
import { choosing, selection, setChoosing, toggleSelected } from '../state/selection.ts';
import { loadMore, talkList, talkSignal } from '../state/talks.ts';
import type { TalkList as List } from '../state/talks.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/feedback.tsx';
import { ScopeSelect } from '../ui/scope-select.tsx';
import type { ScopeKind } from '../ui/scope-select.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { useVirtualizer } from '../ui/virtual.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EmptyList } from './empty-list.tsx';
import { OfferStrip } from './offers.tsx';
import { TalkRow } from './talk-row.tsx';

const ROW = 66;
/** What a tab can be limited by: waiting talks are nobody's, and mine are mine. */
export const KINDS: Record<Tab, readonly ScopeKind[]> = {
  mine: ['line'],
  waiting: ['line'],
  open: ['line', 'department', 'owner'],
  closed: ['line', 'department', 'owner'],
};

function count(tab: Tab): string | null {
  if (tab !== 'mine' && tab !== 'waiting') return null;
  const list = talkList({ tab, scope: EVERYBODY, q: '' });
  const { length } = list.ids.value;
  return length === 0 ? null : `${length}${list.cursor.value ? '+' : ''}`;
}

function Tabs({ tab }: { tab: Tab }) {
  return (
    <nav class="tabs" aria-label={text.talks.tabsLabel}>
      {TABS.map((one) => {
        const number = count(one);
        return (
          <a key={one} href={to.inbox(one)} aria-current={one === tab ? 'page' : undefined}>
            {text.talks.tabs[one]}
            {number && <span class={one === 'waiting' ? 'count' : 'count plain'}>{number}</span>}
          </a>
        );
      })}
    </nav>
  );
}

function Skeleton() {
  return (
    <>
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <div key={index} class="skeleton" aria-hidden="true">
          <i />
          <i />
        </div>
      ))}
    </>
  );
}

function Rows({ list, selected }: { list: List; selected: string | null }) {
  const scroller = useRef<HTMLDivElement>(null);
  const ids = list.shown.value;
  const cursor = list.cursor.value;
  const [focused, setFocused] = useState<string | null>(null);
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    getItemKey: (index) => ids[index] ?? index,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (cursor && last >= ids.length - 10) void loadMore(list);
  }, [cursor, last, ids.length]);

  const move = (step: 1 | -1) => {
    const from = ids.indexOf(focused ?? selected ?? '');
    const index = Math.max(0, Math.min(ids.length - 1, from < 0 ? 0 : from + step));
    const id = ids[index];
    if (!id) return;
    setFocused(id);
    rows.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-talk="${CSS.escape(id)}"]`)?.focus(),
    );
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      const id = focused ?? selected;
      if (id) toggleSelected(id);
    },
  });
  const stop = focused ?? selected ?? ids[0];
  return (
    <div class="talks-scroll scroll" ref={scroller} role="region" aria-label={text.talks.listLabel}>
      {list.error.value && <Problem error={list.error.value} retry={() => void loadMore(list)} />}
      {cursor === undefined && !list.error.value && <Skeleton />}
      {cursor !== undefined && ids.length === 0 && <EmptyList choice={list.choice} />}
      {ids.length > 0 && (
        <div class="virtual" role="list" style={{ height: `${rows.getTotalSize()}px` }}>
          {shown.map(({ index, start, key }) => {
            const id = ids[index];
            return (
              id && (
                <div
                  key={key}
                  class={
                    selection.value.size > 0 || choosing.value
                      ? 'virtual-row choosing'
                      : 'virtual-row'
                  }
                  role="listitem"
                  aria-setsize={cursor ? -1 : ids.length}
                  aria-posinset={index + 1}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <input
                    type="checkbox"
                    class="choose"
                    tabIndex={-1}
                    aria-label={text.bulk.choose(talkSignal(id).value?.contact.name ?? '')}
                    checked={selection.value.has(id)}
                    onChange={() => toggleSelected(id)}
                  />
                  <TalkRow
                    talk={talkSignal(id)}
                    tab={list.choice.tab}
                    selected={id === selected}
                    chosen={choosing.value ? selection.value.has(id) : null}
                    stop={id === stop}
                    onFocus={() => setFocused(id)}
                  />
                </div>
              )
            );
          })}
        </div>
      )}
      {list.loading.value && ids.length > 0 && cursor && (
        <div class="more">
          <span class="spinner" />
        </div>
      )}
    </div>
  );
}

/** The list of talks with its tabs, search and line filter. */
export function TalkList(props: {
  choice: ListChoice;
  selected: string | null;
  q: string;
  onSearch: (q: string) => void;
  onScope: (scope: Scope) => void;
}) {
  const search = useRef<HTMLInputElement>(null);
  const { choice } = props;
  useShortcuts({ f: () => search.current?.focus() });
  const list = talkList(choice);
  return (
    <section class="talks" aria-label={text.talks.tabsLabel}>
      {/* A talk that is open has the page's title. */}
      {!props.selected && <h1 class="hidden-text">{text.talks.tabs[choice.tab]}</h1>}
      <div class="talks-head">
        <div class="row">
          <SearchBox
            grow
            inputRef={search}
            label={text.talks.search}
            value={props.q}
            onChange={props.onSearch}
          />
          <Button
            class="touch-only"
            tone="quiet"
            icon="check"
            label={text.bulk.begin}
            expanded={choosing.value}
            onClick={() => setChoosing(!choosing.value)}
          />
          <ScopeSelect
            label={text.scope.label}
            all={text.talks.allLines}
            kinds={KINDS[choice.tab]}
            value={choice.scope}
            onChange={props.onScope}
          />
        </div>
      </div>
      <OfferStrip />
      <Tabs tab={choice.tab} />
      <BulkBar key={choice.tab} ids={list.shown.value} />
      <Rows key={JSON.stringify(choice)} list={list} selected={props.selected} />
    </section>
  );
}
