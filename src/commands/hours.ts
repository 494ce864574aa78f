import { defineCommand } from '../contract/command.ts';
import type { WeekDay } from '../contract/wire.ts';
import { lineName } from './arguments/line-name.ts';
import { openingWords } from './cards/time-words.ts';

const DAYS: readonly [WeekDay, string][] = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
];

/** `/hours`, `/hours Sales`. */
export default defineCommand({
  name: 'hours',
  summary: 'When a line is open',
  usage: '/hours [line]',
  examples: ['/hours', '/hours Sales'],
  allow: 'line.read',
  args: lineName,
  async run(name, { acts }) {
    const { line, opening } = await acts.line(name);
    const always = Object.keys(line.hours).length === 0;
    return {
      title: `${line.name} is ${openingWords(opening, line.timeZone)}`,
      tone: opening.open ? 'good' : 'plain',
      blocks: always
        ? [{ kind: 'text', text: 'Every day, all day.' }]
        : [
            {
              kind: 'fields',
              fields: DAYS.map(([day, label]) => ({
                label,
                value: line.hours[day]?.map(([from, to]) => `${from}–${to}`).join(', ') ?? 'closed',
              })),
            },
            { kind: 'text', text: `Times of ${line.timeZone}.` },
          ],
    };
  },
});
