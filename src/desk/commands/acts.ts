import { Refusal } from '../../base/errors.ts';
import { newUuid } from '../../base/ids.ts';
import type { CommandActs } from '../../contract/command.ts';
import type { CommandBody, CommandView, ConversationView, SendBody } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { changeContact } from '../crm/change-contact.ts';
import { createDeal } from '../crm/create-deal.ts';
import { readContact, readContactByNumber } from '../crm/read-contact.ts';
import { readLead, readLeadByNumber } from '../crm/read-lead.ts';
import { searchAll } from '../crm/search-all.ts';
import type { Desk } from '../desk.ts';
import { assignTalk } from '../talks/assign-talk.ts';
import { closeTalk } from '../talks/close-talk.ts';
import { note } from '../talks/note.ts';
import { reopenTalk } from '../talks/reopen-talk.ts';
import { scoreTalk } from '../talks/score-talk.ts';
import { reply } from '../talks/reply.ts';
import { takeTalk } from '../talks/take-talk.ts';
import { userView } from '../views/user.ts';
import { answerActs } from './answer-acts.ts';
import { colleague } from './colleague.ts';
import { queueActs } from './queue-acts.ts';

/**
 * The acts of one command line: the web's use cases, with the speaker's rights, on the talk it was
 * typed in.
 */
export function commandActs(
  desk: Desk,
  who: Principal,
  request: CommandBody,
  conversation: ConversationView | null,
  commands: readonly CommandView[],
): CommandActs {
  const talk = (): ConversationView => {
    if (conversation) return conversation;
    throw new Refusal('wrong_command', 'This works inside a talk only.');
  };
  const send = (text: string): SendBody => ({
    text,
    clientId: request.clientId ?? newUuid(),
    ...(request.seenSeq === undefined ? {} : { seenSeq: request.seenSeq }),
  });

  return {
    ...queueActs(desk, who, talk),
    ...answerActs(desk, who, talk, send),
    commands: () => commands,
    reply: async (text) => void (await reply(desk, who, talk().id, send(text))),
    note: async (text) => void (await note(desk, who, talk().id, send(text))),
    take: () => takeTalk(desk, who, talk().id),
    assign: async (person) => {
      const { id } = talk();
      const to = await colleague(desk, person);
      return {
        conversation: await assignTalk(desk, who, id, to.id),
        to: await userView(desk, to),
      };
    },
    close: (outcome) => closeTalk(desk, who, talk().id, outcome),
    reopen: () => reopenTalk(desk, who, talk().id),
    rate: (score, comment) => scoreTalk(desk, who, talk().id, { score, comment }),
    lead: async (number) => {
      if (number !== undefined) return readLeadByNumber(desk, who, number);
      const { leadId } = talk();
      return leadId === null ? null : readLead(desk, who, leadId);
    },
    contact: (number) =>
      number === undefined
        ? readContact(desk, who, talk().contact.id)
        : readContactByNumber(desk, who, number),
    changeContact: async ({ name, phone, email }) => {
      const contact = await readContact(desk, who, talk().contact.id);
      return changeContact(desk, who, contact.id, {
        ...(name === undefined ? {} : { name }),
        ...(phone === undefined ? {} : { phones: [phone, ...contact.phones] }),
        ...(email === undefined ? {} : { emails: [email, ...contact.emails] }),
      });
    },
    find: (query) => searchAll(desk, who, query),
    newDeal: (deal) =>
      createDeal(desk, who, {
        ...deal,
        ...(conversation ? { conversationId: conversation.id } : {}),
      }),
  };
}
