import { defineCommand } from '../contract/command.ts';
import { typedText } from './arguments/typed-text.ts';

/** `/snooze tomorrow 9:00`. */
export default defineCommand({
  name: 'snooze',
  summary: 'Puts this talk off until a time, or until the customer writes',
  usage: '/snooze time',
  examples: ['/snooze tomorrow 9:00', '/snooze in 2 hours', '/snooze fri 15:30'],
  allow: 'talk.reply',
  inTalk: true,
  verbatim: true,
  args: typedText('Say until when, e.g. tomorrow 9:00.'),
  async run(when, { acts, speaker }) {
    const { contact, snoozedUntil } = await acts.snooze(when);
    const { timeZone } = speaker;
    const until = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone, dateStyle: 'full', timeStyle: 'short' },
    }).format(snoozedUntil ? new Date(snoozedUntil) : undefined);
    return {
      title: `The talk with ${contact.name} is back on ${until}`,
      tone: 'good',
      blocks: [],
    };
  },
});
