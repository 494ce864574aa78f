import { defineCommand } from '../contract/command.ts';
import type { TalkSessionView } from '../contract/wire.ts';
import { nothing } from './arguments/nothing.ts';

/** Sessions that a card shows; the rest are beside the talk. */
const SHOWN = 10;

const dayOf = (time: string): string => time.slice(0, 10);

const detailOf = (session: TalkSessionView): string =>
  [
    session.ownerName ?? 'nobody',
    session.state === 'closed' ? (session.outcome ?? 'closed') : session.state,
    ...(session.rating ? [`rated ${session.rating.score} of 5`] : []),
    ...(session.score ? [`scored ${session.score.score} of 5`] : []),
  ].join(', ');

/** `/history`. */
export default defineCommand({
  name: 'history',
  summary: 'The sessions of this talk: when, with whom, how they ended',
  usage: '/history',
  examples: ['/history'],
  allow: 'talk.read',
  inTalk: true,
  args: nothing,
  async run(_, { acts }) {
    const sessions = await acts.sessions();
    const earlier = sessions.length - SHOWN;
    return {
      title: sessions.length === 1 ? 'The first session' : `${sessions.length} sessions`,
      blocks: [
        {
          kind: 'list',
          items: sessions.slice(0, SHOWN).map((session) => ({
            title: `Session ${session.number}, ${dayOf(session.openedAt)}`,
            detail: detailOf(session),
          })),
        },
        ...(earlier > 0
          ? [{ kind: 'text' as const, text: `${earlier} earlier ones are beside the talk.` }]
          : []),
      ],
    };
  },
});
