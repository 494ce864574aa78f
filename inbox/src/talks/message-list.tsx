import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type {
  ConversationDetail,
  LinkedTalkView,
  MessageView,
} from '../../../src/contract/wire.ts';
import { writeDraft } from '../state/drafts.ts';
import { outbox, outgoingOf } from '../state/outbox.ts';
import { talkSignal } from '../state/talks.ts';
import { loadOlder, loadUntil, readNow } from '../state/threads.ts';
import type { Thread } from '../state/threads.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { now } from '../state/clock.ts';
import { dayName } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { useVirtualizer } from '../ui/virtual.ts';
import { EventLine } from './event-line.tsx';
import { MergedRow } from './merged.tsx';
import { MessageRow } from './message-row.tsx';
import type { MessageActs } from './message-row.tsx';
import { OutgoingRow } from './outgoing-row.tsx';
import { rowsOf } from './rows.ts';
import type { Row } from './rows.ts';

/** Heights before a row was measured, CSS pixels; near the truth, so that the scroll bar stays calm. */
const ESTIMATE: Record<Row['kind'], number> = {
  day: 42,
  new: 38,
  event: 26,
  merged: 44,
  message: 34,
  outgoing: 62,
};
function estimate(row: Row | undefined): number {
  if (row?.kind !== 'message') return ESTIMATE[row?.kind ?? 'message'];
  const [{ text: words, parts }] = row.messages;
  const pictures = parts.some(({ kind }) => kind === 'image' || kind === 'video') ? 240 : 0;
  const lines = words
    .split('\n')
    .reduce((sum, line) => sum + Math.floor(line.length / 60) * 20 + 20, -20);
  return ESTIMATE.message + lines + pictures + (row.first ? 29 : 0) + (row.last ? 19 : 0);
}
const NEAR_END = 80;
const NONE: readonly LinkedTalkView[] = [];
/** Before the first message of the talk: what was said in those merged into it. */
const mergedRows = (merged: readonly LinkedTalkView[]): Row[] =>
  merged.map((talk) => ({ kind: 'merged', key: `merged ${talk.id}`, talk }));

/** What quoting a message shows. */
const quoteOf = (message: MessageView) => ({
  id: message.id,
  author: message.author.name,
  text: message.text.slice(0, 200) || text.talks.file.image,
});

/** The messages of a talk: a window over all of them, held to the newest unless the reader scrolled up. */
export function MessageList(props: {
  thread: Thread;
  detail: ConversationDetail;
  onReply: () => void;
}) {
  const { thread, detail } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const held = thread.held.value;
  const waiting = outbox.value;
  const outgoing = useMemo(() => outgoingOf(thread.id), [waiting, thread.id]);
  const readUpTo = thread.readUpTo.value;
  const merged = thread.hasOlder.value ? NONE : (detail.merged ?? NONE);
  const rows = useMemo(
    () => [...mergedRows(merged), ...rowsOf(held.items, outgoing, readUpTo)],
    [merged, held, outgoing, readUpTo],
  );
  const unread = talkSignal(thread.id).value?.unread ?? 0;
  const [target, setTarget] = useState<string | null>(null);
  const [away, setAway] = useState(false);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    paddingStart: 12,
    paddingEnd: 8,
  });
  const shown = virtual.getVirtualItems();

  // Whoever reads the end stays there, also when rows come in above a message that is still on its way.
  const atEnd = useRef(false);
  useLayoutEffect(() => {
    if (atEnd.current) virtual.scrollToEnd();
  }, [rows]);

  // The first rows stand at the newest message, or where the unread ones begin.
  const settled = useRef(false);
  useLayoutEffect(() => {
    if (settled.current || rows.length === 0) return;
    settled.current = true;
    const fresh = rows.findIndex(({ kind }) => kind === 'new');
    if (fresh > 0) virtual.scrollToIndex(fresh, { align: 'start' });
    else virtual.scrollToEnd();
  }, [rows.length]);

  const firstShown = shown[0]?.index ?? 0;
  const idle = !thread.loading.value;
  useEffect(() => {
    if (idle && settled.current && firstShown < 12 && thread.hasOlder.value) void loadOlder(thread);
  }, [idle, firstShown, thread.hasOlder.value, held.items[0]?.seq]);

  const height = virtual.getTotalSize();
  const read = () => {
    const element = scroller.current;
    if (!element) return;
    // The element's own word: at a scroll event the virtual list still holds where it was before.
    const end = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR_END;
    atEnd.current = end;
    setAway(!end);
    if (end) readNow(thread.id);
  };
  useEffect(() => {
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [held, rows.length, unread, height]);

  // The composer grew or a card opened: the newest message stays in sight.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current && settled.current) virtual.scrollToEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // One's own message is always seen at once.
  const lastOutgoing = outgoing.at(-1)?.body.clientId;
  useEffect(() => {
    if (lastOutgoing) virtual.scrollToEnd();
  }, [lastOutgoing]);

  const jumpTo = async (seq: number | null) => {
    const found = seq !== null && (await loadUntil(thread, seq));
    const items = rowsOf(thread.held.peek().items, outgoingOf(thread.id), thread.readUpTo.peek());
    const before = thread.hasOlder.peek() ? [] : mergedRows(detail.merged ?? NONE);
    const all = [...before, ...items];
    const index = all.findIndex(
      (row) => row.kind === 'message' && row.messages.some((message) => message.seq === seq),
    );
    const row = all[index];
    if (!found || !row) return tell('plain', text.talks.jumpMissing);
    setTarget(row.key);
    requestAnimationFrame(() => virtual.scrollToIndex(index, { align: 'center' }));
    setTimeout(() => setTarget(null), 2_000);
  };
  const acts: MessageActs = {
    jumpTo: (seq) => void jumpTo(seq),
    reply: (message) => {
      writeDraft(thread.id, { mode: 'reply', replyTo: quoteOf(message) });
      props.onReply();
    },
  };
  const unreadBelow = away && unread > 0;
  return (
    <>
      <div
        class="scroll"
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label={text.talks.messagesLabel}
        onScroll={read}
      >
        <div class="virtual" style={{ height: `${height}px` }}>
          {shown.map(({ index, key, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  data-index={index}
                  ref={virtual.measureElement}
                  class="virtual-row"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <RowView row={row} detail={detail} acts={acts} target={row.key === target} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {away && (
        <Button
          class="jump"
          icon="jump"
          tone={unreadBelow ? 'primary' : undefined}
          label={text.talks.toNewest}
          onClick={() => virtual.scrollToEnd()}
        >
          {unreadBelow ? text.talks.newMessages : undefined}
        </Button>
      )}
    </>
  );
}

function RowView(props: {
  row: Row;
  detail: ConversationDetail;
  acts: MessageActs;
  target: boolean;
}) {
  const { row } = props;
  switch (row.kind) {
    case 'day':
      return (
        <div class="day">
          <span>{dayName(row.at, now.value)}</span>
        </div>
      );
    case 'new':
      return <div class="new-mark">{text.talks.newMessages}</div>;
    case 'merged':
      return <MergedRow talk={row.talk} />;
    case 'event':
      return <EventLine message={row.message} />;
    case 'outgoing':
      return <OutgoingRow entry={row.entry} />;
    case 'message':
      return (
        <MessageRow
          messages={row.messages}
          first={row.first}
          last={row.last}
          detail={props.detail}
          acts={props.acts}
          target={props.target}
        />
      );
  }
}
