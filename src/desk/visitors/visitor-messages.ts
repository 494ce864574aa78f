import type { VisitorMessage } from '../../contract/wire.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Message } from '../../domain/conversations/message.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { Desk } from '../desk.ts';
import { fileView } from '../views/file.ts';

/** Whether a visitor may know of a message: their own, and what was really sent to them. Never notes or events. */
export function isForVisitor(message: Message): boolean {
  if (message.direction === 'in') return true;
  if (message.direction !== 'out') return false;
  const state = message.delivery?.state;
  return state === 'sent' || state === 'delivered' || state === 'read';
}

/** The messages a visitor may see, as they see them. `seenSeq`: up to where somebody read theirs. */
export async function visitorMessages(
  desk: Desk,
  messages: readonly Message[],
  seenSeq: number,
): Promise<VisitorMessage[]> {
  const shown = messages.filter(isForVisitor);
  const ids = shown.flatMap(({ parts }) =>
    parts.flatMap((part) => ('fileId' in part ? [part.fileId] : [])),
  );
  const files = new Map(
    (ids.length === 0 ? [] : await desk.stores.files.many(ids)).map((file) => [file.id, file]),
  );
  const house = shown.some(isAutomatic) ? (await desk.stores.settings.read()).companyName : '';
  return shown.map((message) => messageView(desk, message, files, seenSeq, house));
}

/** Whether it came from no person, or answers such a one: to customers the company speaks then, not the product. */
const isAutomatic = ({ author, replyTo }: Message): boolean =>
  author.kind === 'system' || replyTo?.author === SYSTEM.name;

function messageView(
  desk: Desk,
  message: Message,
  files: ReadonlyMap<string, StoredFile>,
  seenSeq: number,
  house: string,
): VisitorMessage {
  const own = message.direction === 'in';
  const removed = message.removedAt !== null;
  return {
    id: message.id,
    seq: message.seq,
    from: own ? 'visitor' : message.author.kind === 'system' ? 'system' : 'operator',
    name: own ? '' : message.author.kind === 'system' ? house : message.author.name,
    text: removed ? '' : message.text,
    ...(!removed && message.marks.length > 0 ? { marks: message.marks } : {}),
    files: removed
      ? []
      : message.parts.flatMap((part) => {
          const file = 'fileId' in part ? files.get(part.fileId) : undefined;
          return file ? [fileView(desk, file)] : [];
        }),
    buttons: removed
      ? []
      : message.buttons.map(({ label, token, url }) => ({
          label,
          ...(token ? { token } : {}),
          ...(url ? { url } : {}),
        })),
    at: message.at.toISOString(),
    clientId: own ? message.clientId : null,
    removed,
    reactions: [...new Set(message.reactions.map(({ emoji }) => emoji))],
    read: own ? message.seq <= seenSeq : message.delivery?.state === 'read',
    replyTo: message.replyTo
      ? {
          id: message.replyTo.messageId,
          text: message.replyTo.text,
          author: message.replyTo.author === SYSTEM.name ? house : message.replyTo.author,
        }
      : null,
    edited: message.edits.length > 0,
  };
}
