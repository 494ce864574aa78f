import type { Card } from '../contract/card.ts';
import { defineCommand } from '../contract/command.ts';
import type { LeadView } from '../contract/wire.ts';
import { recordNumber } from './arguments/record-number.ts';

/** `/lead`, `/lead L5`. */
export default defineCommand({
  name: 'lead',
  summary: 'Shows the lead of this talk, or one by its number',
  usage: '/lead [L5]',
  examples: ['/lead', '/lead L5'],
  allow: 'lead.read',
  args: recordNumber('L', 'After /lead comes nothing, or the number of a lead.'),
  async run(number, { acts, conversation, speaker }): Promise<Card> {
    if (number === undefined && !conversation)
      return {
        title: 'Which lead?',
        tone: 'bad',
        blocks: [{ kind: 'text', text: 'Outside of a talk, name it by its number: /lead L5.' }],
      };
    const lead = await acts.lead(number);
    return lead ? leadCard(lead, speaker.timeZone) : noLead();
  },
});

function leadCard(lead: LeadView, timeZone: string): Card {
  const made = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  return {
    title: `Lead L${lead.number}: ${lead.name}`,
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'Status', value: lead.status },
          { label: 'Owner', value: lead.ownerName ?? 'nobody yet' },
          { label: 'Came by', value: lead.source.channelTitle ?? lead.source.channel },
          { label: 'Made', value: made.format(new Date(lead.createdAt)) },
          ...(lead.note === '' ? [] : [{ label: 'Note', value: lead.note }]),
        ],
      },
    ],
    ...(lead.contactName === null
      ? {}
      : { buttons: [{ label: 'Find the customer', command: `/find ${lead.contactName}` }] }),
  };
}

function noLead(): Card {
  return {
    title: 'This talk has no lead',
    tone: 'warn',
    blocks: [
      {
        kind: 'text',
        text: 'One is made when the line makes leads and the customer can be contacted back.',
      },
    ],
    buttons: [{ label: 'Customer', command: '/contact' }],
  };
}
