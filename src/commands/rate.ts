import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';

const EXPECTED = 'Give a score from 1 to 5, and perhaps a comment.';

/** `/rate 4 "polite, slow"`. */
export default defineCommand({
  name: 'rate',
  summary: 'Scores this talk once it is closed; supervisors and whoever had it see the score',
  usage: '/rate 1–5 [comment]',
  examples: ['/rate 5', '/rate 4 "polite, slow"'],
  allow: 'talk.score',
  inTalk: true,
  args: commandInput.transform(({ words, named }, context) => {
    const [score = '', ...comment] = words;
    if (/^[1-5]$/.test(score) && Object.keys(named).length === 0)
      return { score: Number(score), comment: comment.join(' ') || null };
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  }),
  async run({ score, comment }, { acts, conversation }) {
    const { ownerName, number } = await acts.rate(score, comment);
    return {
      title: `${conversation?.contact.name ?? 'The talk'}: ${score} of 5`,
      tone: 'good',
      blocks: [
        {
          kind: 'fields',
          fields: [
            { label: 'Session', value: String(number) },
            ...(ownerName === null ? [] : [{ label: 'Operator', value: ownerName }]),
            ...(comment === null ? [] : [{ label: 'Comment', value: comment }]),
          ],
        },
      ],
    };
  },
});
