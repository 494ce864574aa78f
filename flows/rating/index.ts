import { z } from 'zod';
import { defineFlow } from '../../src/contract/flow.ts';
import { COMMENT_MS, MAX_COMMENT, scoreButtons, scoreOf } from '../shared/score.ts';

const config = z.strictObject({
  text: z.string().trim().min(1).max(1000).default('How did we do?').meta({ title: 'Question' }),
  scale: z
    .enum(['five', 'thumbs'], 'Give five or thumbs.')
    .default('five')
    .meta({ title: 'Scale', description: 'five: 1 to 5. thumbs: up is 5, down is 1.' }),
  comment: z.string().trim().max(1000).optional().meta({
    title: 'Question for a comment',
    description: 'Left out: none is asked for.',
  }),
  thanks: z.string().trim().min(1).max(1000).default('Thank you!').meta({ title: 'Thanks' }),
  patienceMinutes: z.int().min(1).max(10_080).default(1440).meta({
    title: 'Minutes in which a rating is taken',
    description: 'What is written later begins a new talk.',
  }),
});
type Config = z.output<typeof config>;
interface State {
  score: number | null;
}

/** Asks how it was, after the talk. */
export default defineFlow<Config, State>({
  name: 'rating',
  version: 1,
  title: 'Rating',
  summary: 'Asks the customer how it was: 1 to 5 or thumbs, with a comment.',
  begins: 'closed',
  config,
  state: z.object({ score: z.number().nullable() }),
  initial: { score: null },
  applies: ({ outcome }) => outcome !== 'spam',
  turn(state, event, given) {
    if (event.kind === 'begin')
      return {
        state,
        effects: [
          { do: 'say', text: given.text, buttons: scoreButtons(given.scale) },
          { do: 'wait', ms: given.patienceMinutes * 60_000 },
        ],
      };
    if (event.kind === 'timeout') return { state, effects: [], done: true };
    if (event.kind === 'unanswered') return { state, effects: [], pass: true };
    if (state.score === null || event.kind === 'button') {
      const score =
        event.kind === 'button' ? Number(event.value) : scoreOf(event.text, given.scale);
      if (score === null || !(score >= 1 && score <= 5))
        return { state, effects: [], pass: true, done: true };
      if (!given.comment)
        return {
          state: { score },
          effects: [
            { do: 'rate', score },
            { do: 'say', text: given.thanks },
          ],
          done: true,
        };
      return {
        state: { score },
        effects: [
          { do: 'rate', score },
          { do: 'say', text: given.comment },
          { do: 'wait', ms: COMMENT_MS },
        ],
      };
    }
    return {
      state,
      effects: [
        { do: 'rate', score: state.score, comment: event.text.trim().slice(0, MAX_COMMENT) },
        { do: 'say', text: given.thanks },
      ],
      done: true,
    };
  },
});
