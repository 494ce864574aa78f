import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Line } from '../../domain/lines/line.ts';
import { leastBusy } from './strategies/least-busy.ts';
import type { RouterParts } from './queue.ts';
import type { Excluded } from './candidates.ts';
import { countedReasons } from './reasons.ts';
import type { Waiting } from './reasons.ts';
import type { Roster } from './roster.ts';

/** Among whom a talk's operator is chosen: the line, with its members or with the people of a role in their place. */
export interface Among {
  line: Line;
  /** What stands before the strategy's reason. */
  prefix: string;
  whyNobody(excluded: readonly Excluded[]): Waiting;
}

/** Talks that a person sent to whoever of a role is free, and that wait since nobody was. */
export interface ForRoles {
  /** A talk was released, perhaps to a role. */
  note(conversation: Conversation): void;
  /** Looks for those of other processes, and of before a restart. */
  look(): Promise<void>;
  /** Lines with such talks, as far as is known. */
  lines(): Iterable<string>;
  /** Those of a line that can go on now. Its hours do not count: a person has decided, and whoever is there is asked. */
  waiting(line: Line): Promise<Conversation[]>;
  /** Among whom such a talk goes. */
  among(conversation: Conversation, line: Line): Promise<Among>;
}

/** More than wait for roles on one line. */
const MOST = 200;

/** Knows of none yet. */
export function createForRoles({ stores }: Pick<RouterParts, 'stores'>, roster: Roster): ForRoles {
  const known = new Set<string>();
  return {
    note({ lineId, session }) {
      if (session.role) known.add(lineId);
    },
    async look() {
      for (const id of await stores.queue.linesForRoles()) known.add(id);
    },
    lines: () => [...known],
    async waiting({ id }) {
      // Before the look, so that what comes meanwhile is not forgotten.
      if (!known.delete(id)) return [];
      const talks = await stores.queue.forRoles(id, MOST);
      if (talks.length > 0) known.add(id);
      return talks.filter(({ session: { place } }) => place === 'ready' || place === 'resting');
    },
    async among({ session }, line) {
      const role = session.role ?? { id: '', name: '' };
      const people = await stores.users.ofRole(role.id);
      const ofRole: Line = {
        ...line,
        queue: leastBusy.name,
        members: people.map(({ id }) => id),
      };
      await roster.prepare([ofRole]);
      return {
        line: ofRole,
        prefix: `For the role ${role.name}. `,
        whyNobody: (excluded) => ({
          kind: 'nobody-there',
          why:
            people.length === 0
              ? `Nobody has the role ${role.name} any more.`
              : `Nobody of the role ${role.name} is free: ${countedReasons(excluded)}.`,
        }),
      };
    },
  };
}
