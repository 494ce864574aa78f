import { z } from 'zod';
import { commandInput, defineCommand } from '../contract/command.ts';
import type { PresenceState } from '../contract/wire.ts';

const EXPECTED = 'Say one of online, break, offline.';
const TITLES: Record<PresenceState, string> = {
  online: 'You are online: talks come to you',
  break: 'You are on a break: no new talks come to you',
  offline: 'You are offline: no new talks come to you',
};

/** `/status break`. */
export default defineCommand({
  name: 'status',
  summary: 'Says whether you are there: talks come only to those who are online',
  usage: '/status online|break|offline',
  examples: ['/status break'],
  allow: null,
  args: commandInput
    .refine(({ words, named }) => words.length === 1 && Object.keys(named).length === 0, EXPECTED)
    .transform(({ words }) => words[0]?.toLowerCase())
    .pipe(z.enum(['online', 'break', 'offline'], EXPECTED)),
  async run(state, { acts }) {
    const { presence } = await acts.setPresence(state);
    return { title: TITLES[presence], tone: 'good', blocks: [] };
  },
});
