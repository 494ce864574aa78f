import { defineCommand } from '../contract/command.ts';
import { nothing } from './arguments/nothing.ts';
import { since } from './cards/time-words.ts';

/** `/queue`. */
export default defineCommand({
  name: 'queue',
  summary: 'How many wait and are served, line by line',
  usage: '/queue',
  examples: ['/queue'],
  allow: 'line.read',
  args: nothing,
  async run(_, { acts, now }) {
    const lines = await acts.queue();
    const waiting = lines.reduce((sum, { line }) => sum + line.waiting, 0);
    return {
      title: waiting === 0 ? 'Nobody waits' : `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`,
      tone: waiting === 0 ? 'good' : 'warn',
      blocks: [
        {
          kind: 'list',
          items: lines.map(({ line, oldestWaitingSince }) => ({
            title: line.name,
            detail: [
              `${line.waiting} waiting`,
              ...(oldestWaitingSince ? [`the longest ${since(oldestWaitingSince, now)}`] : []),
              `${line.open} open`,
            ].join(', '),
            command: `/line ${line.name}`,
          })),
        },
      ],
    };
  },
});
