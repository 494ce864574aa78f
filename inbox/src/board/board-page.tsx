import { useEffect, useMemo } from 'preact/hooks';
import { to } from '../app/routes.ts';
import { link } from '../live/socket.ts';
import { lines, loadLines, loadUsers, users } from '../state/people.ts';
import { Waits } from '../talks/waits.tsx';
import { text } from '../text/index.ts';
import { Empty, Loading, NoteBox, Problem } from '../ui/feedback.tsx';
import {
  boardError,
  boardLoaded,
  boardMore,
  boardTalks,
  boardVersion,
  followBoard,
  loadBoard,
} from './board.ts';
import { lineFigures } from './figures.ts';
import type { LineFigures } from './figures.ts';
import { LineCard } from './line-card.tsx';
import '../styles/board.css';

const words = text.board;

function Totals({ all }: { all: readonly LineFigures[] }) {
  const waiting = all.reduce((sum, one) => sum + one.waiting.length, 0);
  const open = all.reduce((sum, one) => sum + one.open, 0);
  const free = new Set(
    all.flatMap(({ people }) =>
      people.flatMap(({ obstacle, user }) => (obstacle === null ? user.id : [])),
    ),
  ).size;
  // The lines are in the order of their longest waits.
  const oldest = all[0]?.waiting[0]?.waitingSince;
  return (
    <dl class="totals">
      <div>
        <dt>{words.waiting}</dt>
        <dd>{waiting}</dd>
      </div>
      <div>
        <dt>{words.oldest}</dt>
        <dd>{oldest ? <Waits since={oldest} /> : '–'}</dd>
      </div>
      <div>
        <dt>{words.open}</dt>
        <dd>{open}</dd>
      </div>
      <div>
        <dt>{words.free}</dt>
        <dd>{free}</dd>
      </div>
    </dl>
  );
}

/** What supervisors watch: who waits, how long, and who could take it. */
export function BoardPage() {
  const live = link.value === 'live';
  useEffect(followBoard, []);
  useEffect(() => {
    // Whatever happened while the link was away was not heard.
    if (!live && boardLoaded.peek()) return;
    void loadBoard();
    void loadLines();
    void loadUsers();
  }, [live]);
  const version = boardVersion.value;
  const all = lines.value;
  const people = users.value;
  const figures = useMemo(
    () => lineFigures(all ?? [], boardTalks(), people ?? []),
    [all, people, version],
  );
  const error = boardError.value;
  return (
    <div class="page board">
      <header class="page-head">
        <h1>{words.title}</h1>
        {boardLoaded.value && <Totals all={figures} />}
      </header>
      <div class="board-body scroll">
        {error && <Problem error={error} retry={() => void loadBoard()} />}
        {!error && (!boardLoaded.value || all === null) && <Loading />}
        {boardMore.value && <NoteBox tone="warn">{words.more}</NoteBox>}
        {all?.length === 0 && (
          <Empty icon="list" title={text.settings.lines.empty} help={text.settings.lines.emptyHelp}>
            <a class="button primary" href={to.settings('lines', 'new')}>
              {text.talks.empty.makeLine}
            </a>
          </Empty>
        )}
        {boardLoaded.value && (
          <div class="line-cards">
            {figures.map((one) => (
              <LineCard key={one.line.id} figures={one} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
