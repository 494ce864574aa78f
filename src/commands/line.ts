import { defineCommand } from '../contract/command.ts';
import { lineName } from './arguments/line-name.ts';
import { peopleBlock } from './cards/people-block.ts';
import { openingWords, since } from './cards/time-words.ts';

/** `/line Sales`. */
export default defineCommand({
  name: 'line',
  summary: 'One line: its queue, its hours, and who is there',
  usage: '/line [name]',
  examples: ['/line Sales'],
  allow: 'line.read',
  args: lineName,
  async run(name, { acts, now }) {
    const { line, oldestWaitingSince, operators, opening } = await acts.line(name);
    const longest = oldestWaitingSince ? `, the longest ${since(oldestWaitingSince, now)}` : '';
    return {
      title: line.name,
      blocks: [
        {
          kind: 'fields',
          fields: [
            { label: 'Waiting', value: `${line.waiting}${longest}` },
            { label: 'Open', value: String(line.open) },
            { label: 'Hours', value: openingWords(opening, line.timeZone) },
          ],
        },
        peopleBlock(operators),
      ],
    };
  },
});
