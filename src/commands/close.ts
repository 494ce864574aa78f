import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED = 'After /close comes nothing, or one of won, lost, spam.';
const outcomes = z.enum(['won', 'lost', 'spam'], EXPECTED);

/** `/close`, `/close won`. */
export default defineCommand({
  name: 'close',
  summary: 'Ends this talk; the customer can write again',
  usage: '/close [won|lost|spam]',
  examples: ['/close', '/close won'],
  allow: 'talk.close',
  inTalk: true,
  args: commandInput
    .refine(({ words, named }) => words.length <= 1 && Object.keys(named).length === 0, EXPECTED)
    .transform(({ words }) => words[0]?.toLowerCase() ?? null)
    .pipe(outcomes.nullable()),
  async run(outcome, { acts }) {
    const { contact } = await acts.close(outcome);
    return {
      title: `The talk with ${contact.name} is closed`,
      tone: 'good',
      blocks:
        outcome === null
          ? []
          : [{ kind: 'fields', fields: [{ label: 'Outcome', value: outcome }] }],
      buttons: [{ label: 'Reopen', command: '/reopen' }],
    };
  },
});
