import type { ConversationView, Page } from '../contract/wire.ts';
import type { Company, Desk } from './company.ts';
import { chatOf, post } from './hook.ts';
import type { HookEvent } from './hook.ts';
import type { Provider, Taken } from './provider.ts';
import { NEW_TALKS, SMALL_TALK } from './small-talk.ts';
import type { Customer, Story } from './story.ts';
import { customer } from './story.ts';

/** The pretend customers of a running demo. */
export interface Customers {
  stop(): void;
}

/** How fast things go; tests hurry. */
export interface Pace {
  /** Between two customers who begin or go on by themselves. Default 9 s. */
  everyMs?: number;
  /** From our answer to theirs; typing is shown before. Default 5 s. */
  answerMs?: number;
}

/** More talks than this in wait, and nobody new comes. */
const MOST_WAITING = 14;

interface Someone {
  who: Customer;
  desk: Desk;
  /** What they will still say. */
  lines: string[];
}

/**
 * Lets customers write by themselves, and answer what is sent to them, by a button where there are some. Those of the stories go on with small talk;
 * new ones come with a question of their own. Failures are told to `complain`: the demo goes on.
 */
export function startCustomers(
  company: Company,
  provider: Provider,
  stories: readonly Story[],
  complain: (error: unknown) => void,
  { everyMs = 9000, answerMs = 5000 }: Pace = {},
): Customers {
  const people = new Map<string, Someone>(
    stories.map(({ customer: who, desk }, index) => [
      chatOf(who),
      { who, desk, lines: smallTalk(index) },
    ]),
  );
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  let arrivals = 0;
  let presses = 0;

  const later = (ms: number, run: () => Promise<unknown>): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run().catch((error: unknown) => {
        if (!stopped) complain(error);
      });
    }, ms);
    timers.add(timer);
  };
  const send = ({ who, desk }: Someone, event: HookEvent): Promise<string> =>
    post(company.accounts[desk], who, new Date(), event);

  const hear = ({ chat, id, tokens }: Taken): void => {
    const someone = people.get(chat);
    if (!someone) return;
    const receipt = (status: string) => send(someone, { type: 'receipt', messageId: id, status });
    later(answerMs * 0.1, () => receipt('delivered'));
    later(answerMs * 0.4, () => receipt('read'));
    const token = tokens[presses % Math.max(1, tokens.length)];
    if (token !== undefined) {
      presses += 1;
      later(answerMs, () => send(someone, { type: 'button', messageId: id, token }));
      return;
    }
    const text = someone.lines.shift();
    if (text === undefined) {
      later(answerMs, () => send(someone, { type: 'reaction', messageId: id, emoji: ['👍'] }));
      return;
    }
    later(answerMs * 0.6, () => send(someone, { type: 'presence', state: 'typing' }));
    later(answerMs, () => send(someone, { type: 'message', text }));
  };

  const arrive = async (): Promise<void> => {
    const { items } = await company.admin.call<Page<ConversationView>>(
      'GET',
      `/conversations?filter[state]=waiting&limit=${MOST_WAITING}`,
    );
    if (items.length >= MOST_WAITING) return;
    const talk = NEW_TALKS[arrivals % NEW_TALKS.length];
    if (!talk) return;
    const round = Math.floor(arrivals / NEW_TALKS.length);
    arrivals += 1;
    const who = customer(round === 0 ? talk.name : `${talk.name} ${'I'.repeat(round + 1)}`);
    const id = `${who.id}-${arrivals}`;
    const [opening = '', ...lines] = talk.lines;
    const someone: Someone = { who: { ...who, id }, desk: talk.desk, lines };
    people.set(chatOf(someone.who), someone);
    await send(someone, { type: 'message', text: opening });
  };
  const tick = (): void =>
    later(everyMs * (0.7 + Math.random() * 0.6), async () => {
      tick();
      await arrive();
    });

  provider.onTaken(hear);
  tick();
  return {
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Two lines for somebody who goes on talking; neighbours say different things. */
const smallTalk = (index: number): string[] =>
  [0, 1].map((turn) => SMALL_TALK[(index * 2 + turn) % SMALL_TALK.length] ?? 'Thank you!');
