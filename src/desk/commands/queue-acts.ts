import { Refusal } from '../../base/errors.ts';
import type { QueueActs, QueueLineView, TransferTo } from '../../contract/command.ts';
import type { ConversationView, UserView } from '../../contract/wire.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { lineOpen } from '../lines/line-open.ts';
import { setPresence } from '../people/set-presence.ts';
import { inviteToTalk } from '../talks/invite-to-talk.ts';
import { listSessions } from '../talks/list-sessions.ts';
import { skipTalk } from '../talks/skip-talk.ts';
import { snoozeTalk } from '../talks/snooze-talk.ts';
import { tagTalk } from '../talks/tag-talk.ts';
import { transferTalk } from '../talks/transfer-talk.ts';
import type { TransferTarget } from '../talks/transfer-talk.ts';
import { lineViews } from '../views/line.ts';
import { userView, userViews } from '../views/user.ts';
import { colleague } from './colleague.ts';
import { readTime } from './read-time.ts';

/** The acts of commands that concern queues, lines and presence. `talk`: the one the command was typed in, or a refusal. */
export function queueActs(desk: Desk, who: Principal, talk: () => ConversationView): QueueActs {
  return {
    skip: (why) => skipTalk(desk, who, talk().id, why),
    async transfer(to, note) {
      const { id } = talk();
      return transferTalk(desk, who, id, await targetOf(desk, who, to), note);
    },
    async invite(person) {
      const { id } = talk();
      const to = await colleague(desk, person);
      return {
        conversation: await inviteToTalk(desk, who, id, to.id),
        to: await userView(desk, to),
      };
    },
    async snooze(when) {
      const { id } = talk();
      const { timeZone } = who.user;
      const time = await readTime(when, { now: desk.clock.now(), timeZone });
      if (time.status === 'ok') return snoozeTalk(desk, who, id, time.at);
      throw new Refusal('rule_broken', `“${when}” is no time that I understand.`, {
        field: 'until',
      });
    },
    tag: (change) => tagTalk(desk, who, talk().id, change),
    async who() {
      const conversation = talk();
      const line = await desk.stores.lines.get(conversation.lineId);
      return { conversation, operators: line ? await peopleOf(desk, line) : [] };
    },
    sessions: async () => listSessions(desk, who, talk().id),
    async queue() {
      const lines = await linesOf(desk, who);
      const views = await lineViews(desk, lines);
      return Promise.all(views.map((line) => queueOf(desk, line)));
    },
    async line(name) {
      const line = await lineNamed(desk, who, name);
      const [view] = await lineViews(desk, [line]);
      if (!view) throw new Error('A line has no view.');
      return {
        ...(await queueOf(desk, view)),
        operators: await peopleOf(desk, line),
        opening: await lineOpen(desk, who, line.id),
      };
    },
    setPresence: (state, workNow) => setPresence(desk, who, state, { workNow }),
  };
}

async function targetOf(desk: Desk, who: Principal, to: TransferTo): Promise<TransferTarget> {
  if (to.kind === 'person') return { userId: (await colleague(desk, to.name)).id };
  if (to.kind === 'role') return { role: to.name.toLowerCase() };
  // A talk may go to a line that is not one's own.
  permit(who, 'line.read', 'see the lines');
  return { lineId: byName(await desk.stores.lines.all(), to.name).id };
}

const peopleOf = async (desk: Desk, line: Line): Promise<UserView[]> => {
  const users = new Map(
    (await desk.stores.users.many(line.members)).map((user) => [user.id, user]),
  );
  const inOrder = line.members.flatMap((id) => users.get(id) ?? []);
  return userViews(desk, inOrder);
};

const queueOf = async (desk: Desk, line: QueueLineView['line']): Promise<QueueLineView> => {
  const [oldest] = line.waiting > 0 ? await desk.stores.conversations.waiting(line.id, 1) : [];
  return { line, oldestWaitingSince: oldest?.session.waitingSince?.toISOString() ?? null };
};

/** The lines that concern a person: all for those who see all talks, else their own. */
async function linesOf(desk: Desk, who: Principal): Promise<Line[]> {
  permit(who, 'line.read', 'see the lines');
  const lines = await desk.stores.lines.all();
  return who.grants['talk.read'] === 'all'
    ? lines
    : lines.filter(({ id }) => who.lineIds.includes(id));
}

/** The line of this name; without one, the only line there is for the person. */
async function lineNamed(desk: Desk, who: Principal, name: string | null): Promise<Line> {
  const lines = await linesOf(desk, who);
  if (name !== null) return byName(lines, name);
  const [only, ...others] = lines;
  if (only && others.length === 0) return only;
  throw new Refusal('rule_broken', `Name a line: ${namesOf(lines)}.`, { field: 'line' });
}

function byName(lines: readonly Line[], name: string): Line {
  const wanted = name.trim().toLowerCase();
  const same = lines.filter((line) => line.name.toLowerCase() === wanted);
  const near = lines.filter((line) => line.name.toLowerCase().startsWith(wanted));
  const [line, ...others] = same.length > 0 ? same : near;
  if (line && others.length === 0) return line;
  const meant = others.length > 0 ? near : lines;
  throw new Refusal('rule_broken', `Which line is “${name}”? There are ${namesOf(meant)}.`, {
    field: 'line',
  });
}

const namesOf = (lines: readonly Line[]): string =>
  lines.length === 0 ? 'none' : lines.map(({ name }) => name).join(', ');
