import { defineCommand } from '../contract/command.ts';
import { nothing } from './arguments/nothing.ts';
import { peopleBlock } from './cards/people-block.ts';

/** `/who`. */
export default defineCommand({
  name: 'who',
  summary: 'Who has this talk, who is a guest, and who of the line is there',
  usage: '/who',
  examples: ['/who'],
  allow: 'talk.read',
  inTalk: true,
  args: nothing,
  async run(_, { acts }) {
    const { conversation, operators } = await acts.who();
    const { ownerName, guests = [], offer, why } = conversation;
    const offered = offer ? (offer.operatorName ?? 'everybody who is free') : null;
    return {
      title: ownerName ? `${ownerName} has this talk` : 'Nobody has this talk yet',
      blocks: [
        {
          kind: 'fields',
          fields: [
            ...(offered ? [{ label: 'Offered to', value: offered }] : []),
            ...(why ? [{ label: 'Why', value: why }] : []),
            ...(guests.length > 0
              ? [{ label: 'Guests', value: guests.map(({ name }) => name).join(', ') }]
              : []),
            { label: 'Line', value: conversation.lineName },
          ],
        },
        peopleBlock(operators),
      ],
    };
  },
});
