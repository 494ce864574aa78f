import type { LineView } from '../../contract/wire.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Desk } from '../desk.ts';

/** Lines as people see them, with their talks counted in one query. */
export async function lineViews(
  desk: Pick<Desk, 'stores'>,
  lines: readonly Line[],
): Promise<LineView[]> {
  const counts = await desk.stores.conversations.countsByLine(lines.map((line) => line.id));
  return lines.map(({ archivedAt: _, createdAt, calendar, ...line }) => ({
    ...line,
    calendar: calendar && {
      url: calendar.url,
      days: calendar.days,
      fetchedAt: calendar.fetchedAt?.toISOString() ?? null,
      problem: calendar.problem,
    },
    waiting: counts.get(line.id)?.waiting ?? 0,
    open: counts.get(line.id)?.open ?? 0,
    createdAt: createdAt.toISOString(),
  }));
}

/** One line as people see it. */
export async function lineView(desk: Pick<Desk, 'stores'>, line: Line): Promise<LineView> {
  const [view] = await lineViews(desk, [line]);
  if (!view) throw new Error('A line has no view.');
  return view;
}
