import type { FlowFacts } from '../../contract/flow.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Line } from '../../domain/lines/line.ts';
import { isThere } from '../../domain/operators/away.ts';
import type { FlowRunnerParts } from './runner.ts';

/** What flows may know of a session now. */
export async function factsOf(
  { stores, clock, lineOpen }: Pick<FlowRunnerParts, 'stores' | 'clock' | 'lineOpen'>,
  conversation: Conversation,
  line: Line,
): Promise<FlowFacts> {
  const { session } = conversation;
  const waits = session.state === 'waiting' ? session.waitingSince : null;
  const [contact, members, ahead] = await Promise.all([
    stores.contacts.get(conversation.contactId),
    stores.users.many(line.members),
    waits ? stores.flows.ahead(line.id, waits) : null,
  ]);
  return {
    firstContact: session.number === 1,
    reopened: session.number > 1,
    lineOpen: lineOpen(line, clock.now()),
    operatorsFree: members.filter(isThere).length,
    language: contact?.language ?? null,
    contact: {
      hasName: Boolean(contact && contact.name !== '' && contact.name !== 'Unnamed'),
      hasPhone: (contact?.phones.length ?? 0) > 0,
      hasEmail: (contact?.emails.length ?? 0) > 0,
    },
    position: ahead === null ? null : ahead + 1,
    outcome: session.outcome,
  };
}
