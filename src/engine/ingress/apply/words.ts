import type { Part, Person } from '../../../contract/inbound.ts';
import type { Conversation } from '../../../domain/conversations/conversation.ts';
import type { Mark } from '../../../domain/conversations/parts.ts';
import type { Actor } from '../../../domain/events/events.ts';

/** The customer of a talk as an actor. */
export function customer(conversation: Conversation): Actor {
  return { kind: 'contact', id: conversation.contactId, name: conversation.contactName };
}

/** What a person is called until somebody knows better. */
export function nameOf(person: Person): string {
  return (
    person.name?.trim() ||
    person.username ||
    person.phone ||
    person.email ||
    'Unnamed'
  ).slice(0, 200);
}

/** A provider's clock may be ahead; nothing happens in the future. */
export function earlier(at: Date, now: Date): Date {
  return at < now ? at : now;
}

/** All text of an event, one part under the other, with marks moved along. */
export function textOf(parts: readonly Part[]): { text: string; marks: Mark[] } {
  let text = '';
  const marks: Mark[] = [];
  for (const part of parts) {
    if (part.kind !== 'text') continue;
    if (text !== '') text += '\n';
    for (const mark of part.marks ?? []) marks.push({ ...mark, offset: mark.offset + text.length });
    text += part.text;
  }
  return { text, marks };
}
