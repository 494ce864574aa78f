import type { AwayKind, ConversationView, LineView, UserView } from '../../../src/contract/wire.ts';

/** How one person of a line stands. */
export interface Standing {
  user: UserView;
  /** Talks of this line that fill their places. */
  here: number;
  /** Null: a new talk could go to them now. */
  obstacle: 'offline' | 'break' | AwayKind | 'full' | 'full_here' | null;
}

/** How one line stands. */
export interface LineFigures {
  line: LineView;
  /** Longest wait first. */
  waiting: ConversationView[];
  open: number;
  people: Standing[];
  free: number;
}

const since = (talk: ConversationView): string => talk.waitingSince ?? talk.openedAt;

function standingOf(user: UserView, line: LineView, mine: readonly ConversationView[]): Standing {
  const filling =
    line.counts === 'awaiting' ? mine.filter(({ awaitsAnswer }) => awaitsAnswer) : mine;
  const here = filling.length;
  const away = user.away?.kind ?? null;
  const obstacle =
    // Whoever is offline because they are on holiday is on holiday.
    away && (user.presence === 'online' || away === 'absent')
      ? away
      : user.presence !== 'online'
        ? user.presence
        : user.maxTalks !== null && user.load >= user.maxTalks
          ? 'full'
          : line.maxTalksPerOperator !== null && here >= line.maxTalksPerOperator
            ? 'full_here'
            : null;
  return { user, here, obstacle };
}

const RANK = { online: 0, break: 1, offline: 3 } as const;
const rank = ({ presence, away }: UserView): number =>
  away && presence === 'online' ? 2 : RANK[presence];

/** What a supervisor watches, line by line; the line whose customer waits longest stands first. */
export function lineFigures(
  lines: readonly LineView[],
  talks: Iterable<ConversationView>,
  users: readonly UserView[],
): LineFigures[] {
  const byLine = new Map<string, { waiting: ConversationView[]; open: ConversationView[] }>();
  for (const talk of talks) {
    if (talk.state === 'closed') continue;
    const held = byLine.get(talk.lineId) ?? { waiting: [], open: [] };
    held[talk.state].push(talk);
    byLine.set(talk.lineId, held);
  }
  const people = new Map(users.map((user) => [user.id, user]));
  const figures = lines.map((line): LineFigures => {
    const { waiting, open } = byLine.get(line.id) ?? { waiting: [], open: [] };
    const standings = line.members
      .flatMap((id) => people.get(id) ?? [])
      .filter(({ active }) => active)
      .map((user) =>
        standingOf(
          user,
          line,
          open.filter(({ ownerId }) => ownerId === user.id),
        ),
      )
      .sort(
        (one, other) =>
          rank(one.user) - rank(other.user) ||
          Number(one.obstacle !== null) - Number(other.obstacle !== null) ||
          one.user.name.localeCompare(other.user.name),
      );
    return {
      line,
      waiting: waiting.sort((one, other) => since(one).localeCompare(since(other))),
      open: open.length,
      people: standings,
      free: standings.filter(({ obstacle }) => obstacle === null).length,
    };
  });
  const oldest = ({ waiting }: LineFigures) => (waiting[0] ? since(waiting[0]) : '9');
  return figures.sort(
    (one, other) =>
      oldest(one).localeCompare(oldest(other)) || one.line.name.localeCompare(other.line.name),
  );
}
