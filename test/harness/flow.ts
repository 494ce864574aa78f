import type { Flow, FlowEffect, FlowEvent, FlowFacts } from '../../src/contract/flow.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { FIRST_CONTACT } from '../../src/desk/flows/simulate-flow.ts';
import type { AccountRecord } from '../../src/domain/accounts/account.ts';
import type { Conversation } from '../../src/domain/conversations/conversation.ts';
import type { Message } from '../../src/domain/conversations/message.ts';
import { draftOf } from '../../src/domain/conversations/record-event.ts';

/** A customer's first words in a chat as they lie in the database: no flow has heard of them. */
export async function stored(
  { stores, clock }: Pick<Desk, 'stores' | 'clock'>,
  account: AccountRecord,
  chat: string,
  text: string,
): Promise<{ conversation: Conversation; message: Message }> {
  const { conversation } = await stores.conversations.findOrOpen({
    ...{ accountId: account.id, channelType: account.type, chat },
    ...{ lineId: account.lineId ?? '', contactId: '0123456789abcdef01234567' },
    ...{ contactName: 'Lee', origin: null, at: clock.now() },
  });
  const draft = draftOf(conversation, {
    ...{ direction: 'in', text, key: 'in:1', at: clock.now() },
    author: { kind: 'contact', id: null, name: 'Lee' },
  });
  const { message } = await stores.messages.append(draft, 0);
  return { conversation, message };
}

/** Plays a flow as a talk: what the customer does, and after each what the flow does. */
export function playing<C, S>(flow: Flow<C, S>, given: unknown, facts: Partial<FlowFacts> = {}) {
  const config = flow.config.parse(given);
  let state = flow.initial;
  let done = false;
  const turn = (event: FlowEvent, more: Partial<FlowFacts> = {}): FlowEffect[] | 'pass' => {
    if (done) throw new Error('The flow is over.');
    const result = flow.turn(state, event, config, { ...FIRST_CONTACT, ...facts, ...more });
    if (!result.pass) state = flow.state.parse(result.state);
    done = result.done ?? false;
    return result.pass ? 'pass' : result.effects;
  };
  return {
    applies: flow.applies({ ...FIRST_CONTACT, ...facts }, config),
    holds: flow.holds?.(config) ?? false,
    begin: () => turn({ kind: 'begin' }),
    write: (text: string) => turn({ kind: 'text', text }),
    press: (value: string) => turn({ kind: 'button', value }),
    wait: (more?: Partial<FlowFacts>) => turn({ kind: 'timeout' }, more),
    unanswered: () => turn({ kind: 'unanswered' }),
    get done() {
      return done;
    },
    get state() {
      return state;
    },
  };
}
