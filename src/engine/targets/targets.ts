import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import type { Log } from '../../base/log.ts';
import { closeByItself } from '../../domain/conversations/close-session.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Target } from '../../domain/conversations/targets.ts';
import type { Bus } from '../../domain/events/bus.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Stores } from '../../domain/stores.ts';
import { nextTelling, targetsAfter, tellings } from './sheet.ts';
import type { TargetEvent, Telling, WorkingTime } from './sheet.ts';

/** What the keeper of targets needs. */
export interface TargetParts {
  stores: Pick<
    Stores,
    'conversations' | 'decisions' | 'targets' | 'lines' | 'messages' | 'sessions' | 'timeline'
  >;
  bus: Bus;
  clock: Clock;
  log: Log;
  line(id: string): Promise<Line | null>;
  workingTime: WorkingTime;
}

/** Keeps the targets of sessions: starts them, notes when they are met, tells people of those that are not. */
export interface Targets {
  /** Warnings and alerts that are due, and talks that are silent for too long. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Stops listening. */
  stop(): void;
}

const BATCH = 200;
const TRIES = 5;
const MINUTE_MS = 60_000;

const TITLE: Record<Target['kind'], string> = {
  'first-answer': 'first answer',
  'next-answer': 'answer',
  resolution: 'end of the talk',
};

/** Starts the keeper; it listens by itself. */
export function createTargets(parts: TargetParts): Targets {
  const { stores, bus, clock, log } = parts;
  const turns = new KeyedLock();
  const under = new Set<Promise<void>>();

  /** Writes what follows from an event, over whatever stands there now. */
  const note = async (seen: Conversation, event: TargetEvent): Promise<void> => {
    const line = await parts.line(seen.lineId);
    if (!line) return;
    let conversation: Conversation | null = seen;
    for (let tries = 0; tries < TRIES && conversation; tries++) {
      const { id, session }: Conversation = conversation;
      if (session.id !== seen.session.id) return;
      const items = targetsAfter(session.targets, event, session, line, parts.workingTime);
      if (!items) return;
      if (await write(conversation, items)) return;
      conversation = await stores.conversations.get(id);
    }
  };

  const write = async (
    { id, session }: Conversation,
    items: readonly Target[],
  ): Promise<Conversation | null> => {
    const step = session.targets?.step ?? 0;
    const wakeAt = nextTelling(items, session.state === 'closed');
    const after = await stores.targets.write(id, session.id, step, items, wakeAt);
    if (after) bus.publish({ type: 'conversation.changed', conversation: after });
    return after;
  };

  const inTurn = (conversation: Conversation, work: () => Promise<void>): void => {
    const run = turns
      .run(conversation.id, work)
      .catch((error: unknown) =>
        log.error(
          { conversationId: conversation.id, error: messageOf(error) },
          'a target could not be kept',
        ),
      )
      .finally(() => under.delete(run));
    under.add(run);
  };
  /** Whether there is anything to keep: most lines have no targets, and their messages cost nothing here. */
  const wants = async (conversation: Conversation): Promise<boolean> => {
    if (conversation.session.targets) return true;
    const targets = (await parts.line(conversation.lineId))?.targets;
    return Boolean(
      targets &&
        (targets.firstAnswerMinutes ?? targets.nextAnswerMinutes ?? targets.resolutionMinutes),
    );
  };

  const heard = async (conversation: Conversation, event: TargetEvent): Promise<void> => {
    if (await wants(conversation)) inTurn(conversation, () => note(conversation, event));
  };

  /** What happened while nobody listened: the session itself says whether it was answered or closed. */
  const caughtUp = (conversation: Conversation, line: Line): readonly Target[] => {
    const { session } = conversation;
    const sheet = session.targets;
    if (!sheet) return [];
    const events: TargetEvent[] = [
      ...(session.answeredAt && !session.awaitsAnswer
        ? [{ kind: 'answered' as const, at: session.answeredAt }]
        : []),
      ...(session.closedAt ? [{ kind: 'closed' as const, at: session.closedAt }] : []),
    ];
    return events.reduce<Target[]>(
      (items, event) =>
        targetsAfter({ ...sheet, items }, event, session, line, parts.workingTime) ?? items,
      sheet.items,
    );
  };

  const remind = async (conversation: Conversation): Promise<void> => {
    const line = await parts.line(conversation.lineId);
    if (!line) return;
    const { items, tell } = tellings(caughtUp(conversation, line), clock.now());
    const closed = conversation.session.state === 'closed';
    const after = await write(conversation, items);
    if (!after || closed) return;
    for (const telling of tell) announce(after, line, telling);
  };

  const announce = (conversation: Conversation, line: Line, { target, as }: Telling): void => {
    const { ownerId } = conversation.session;
    const what = TITLE[target.kind];
    const alert = {
      type: 'alert' as const,
      tone: as === 'alerted' ? ('bad' as const) : ('warn' as const),
      title: as === 'alerted' ? `The ${what} is late` : `The ${what} is due soon`,
      text: `${conversation.contactName} on ${line.name}: ${dueWords(target.dueAt, clock.now())}.`,
      conversationId: conversation.id,
    };
    // One alert for all who hear it: an owner who supervises is told once.
    const also = as === 'alerted' ? { and: 'supervisors' as const } : {};
    bus.publish({
      ...alert,
      audience: ownerId ? { userIds: [ownerId], ...also } : 'supervisors',
    });
  };

  const closeSilent = async (): Promise<void> => {
    for (const line of await stores.lines.all()) {
      if (line.autoCloseMinutes === null) continue;
      const cutOff = new Date(clock.now().getTime() - line.autoCloseMinutes * MINUTE_MS);
      for (const conversation of await stores.targets.silent(line.id, cutOff, BATCH)) {
        const text = `Closed after ${line.autoCloseMinutes} minutes of silence.`;
        await closeByItself(parts, conversation, 'silence', text);
      }
    }
  };

  const unlisten = [
    bus.on('message.appended', ({ message, conversation }) => {
      const { at } = message;
      const byPerson = message.author.kind === 'user' || message.author.kind === 'external';
      if (message.direction === 'in' && conversation.session.state !== 'closed')
        return heard(conversation, { kind: 'customer-wrote', at });
      if (message.direction === 'out' && byPerson)
        return heard(conversation, { kind: 'answered', at });
      return undefined;
    }),
    bus.on('session.closed', ({ conversation }) =>
      heard(conversation, { kind: 'closed', at: conversation.session.closedAt ?? clock.now() }),
    ),
  ];

  return {
    async sweep() {
      for (const conversation of await stores.targets.due(clock.now(), BATCH))
        inTurn(conversation, () => remind(conversation));
      await closeSilent();
    },
    async idle() {
      while (under.size > 0) await Promise.all(under);
    },
    stop() {
      for (const end of unlisten) end();
    },
  };
}

/** How far off an instant is, without a clock time: readers sit in different zones. */
function dueWords(dueAt: Date, now: Date): string {
  const minutes = Math.round((dueAt.getTime() - now.getTime()) / MINUTE_MS);
  if (minutes === 0) return 'due now';
  return minutes > 0 ? `due in ${minutes} min` : `due ${-minutes} min ago`;
}
