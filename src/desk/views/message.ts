import type { FileView, MessageView, PartView } from '../../contract/wire.ts';
import type { Delivery, Message } from '../../domain/conversations/message.ts';
import { fileIdsOf } from '../../domain/conversations/parts.ts';
import type { Desk } from '../desk.ts';
import { fileView } from './file.ts';

type Reading = Pick<Desk, 'stores' | 'keys' | 'clock'>;

/** Messages as browsers see them; files of all of them are read in one go. */
export async function messageViews(
  desk: Reading,
  messages: readonly Message[],
): Promise<MessageView[]> {
  const ids = messages.flatMap((message) => fileIdsOf(message.parts));
  const files = new Map(
    (ids.length > 0 ? await desk.stores.files.many(ids) : []).map((file) => [
      file.id,
      fileView(desk, file),
    ]),
  );
  return messages.map((message) => view(message, files));
}

function view(message: Message, files: ReadonlyMap<string, FileView>): MessageView {
  const removed = message.removedAt !== null;
  return {
    id: message.id,
    conversationId: message.conversationId,
    sessionId: message.sessionId,
    seq: message.seq,
    direction: message.direction,
    text: removed ? '' : message.text,
    parts: removed ? [] : partViews(message, files),
    author: message.author,
    at: message.at.toISOString(),
    clientId: message.clientId,
    replyTo: message.replyTo && {
      id: message.replyTo.messageId,
      seq: message.replyTo.seq,
      text: message.replyTo.text,
      author: message.replyTo.author,
    },
    albumId: message.albumId,
    edits: message.edits.map(({ text, at }) => ({ text, at: at.toISOString() })),
    removedAt: message.removedAt?.toISOString() ?? null,
    reactions: message.reactions,
    ...(message.forwardedFrom !== null && { forwardedFrom: message.forwardedFrom }),
    delivery: message.delivery && deliveryView(message.delivery),
    ...(message.mentions && { mentions: message.mentions }),
    ...(message.event && { event: message.event }),
  };
}

function partViews(message: Message, files: ReadonlyMap<string, FileView>): PartView[] {
  const buttons = message.buttons.map(({ label, url }) => ({ label, ...(url && { url }) }));
  const text: PartView[] =
    buttons.length > 0
      ? [{ kind: 'card', text: message.text, buttons }]
      : message.text !== ''
        ? [
            {
              kind: 'text',
              text: message.text,
              ...(message.marks.length > 0 && { marks: message.marks }),
            },
          ]
        : [];
  const media = message.parts.map((part): PartView => {
    if (!('fileId' in part)) return part;
    const { fileId, kind, sticker } = part;
    const file = files.get(fileId) ?? lost(fileId);
    return { kind, file, ...(sticker && { sticker }) };
  });
  return [...media, ...text];
}

/** A file whose record is gone stays visible as what it is: gone. */
function lost(id: string): FileView {
  return {
    id,
    name: 'file',
    mime: 'application/octet-stream',
    size: null,
    state: 'failed',
    detail: 'This file is no longer there.',
    url: null,
  };
}

function deliveryView(delivery: Delivery): MessageView['delivery'] {
  const { state, detail, attempts, nextAt, sentAt, deliveredAt, readAt } = delivery;
  return {
    state,
    ...(detail !== '' && { detail }),
    attempts,
    ...(state === 'queued' && attempts > 0 && { nextAt: nextAt.toISOString() }),
    ...(sentAt && { sentAt: sentAt.toISOString() }),
    ...(deliveredAt && { deliveredAt: deliveredAt.toISOString() }),
    ...(readAt && { readAt: readAt.toISOString() }),
  };
}
