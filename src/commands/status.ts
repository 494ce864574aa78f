import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';
import type { PresenceState } from '../contract/wire.ts';

const EXPECTED = 'Say one of online, break, offline; or online now.';
const TITLES: Record<PresenceState, string> = {
  online: 'You are online: talks come to you',
  break: 'You are on a break: no new talks come to you',
  offline: 'You are offline: no new talks come to you',
};

/** `/status break`. */
export default defineCommand({
  name: 'status',
  summary: 'Says whether you are there: talks come only to those who are online',
  usage: '/status online [now]|break|offline',
  examples: ['/status break', '/status online now'],
  allow: null,
  args: commandInput
    .refine(({ named }) => Object.keys(named).length === 0, EXPECTED)
    .transform(({ words }) => words.join(' ').toLowerCase())
    .pipe(z.enum(['online', 'online now', 'break', 'offline'], EXPECTED)),
  async run(said, { acts }) {
    const workNow = said === 'online now';
    const { presence, away } = await acts.setPresence(workNow ? 'online' : said, workNow);
    if (presence !== 'online' || !away)
      return { title: TITLES[presence], tone: 'good', blocks: [] };
    const offDuty = away.kind === 'absent' || away.kind === 'off_hours';
    return {
      title: 'You are online, but no new talks come to you',
      tone: 'warn',
      blocks: [{ kind: 'text', text: away.why }],
      ...(offDuty && { buttons: [{ label: 'Work now', command: '/status online now' }] }),
    };
  },
});
