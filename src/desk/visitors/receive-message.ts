import { Refusal } from '../../base/errors.ts';
import type { VisitorFrame } from '../../contract/channel.ts';
import type { VisitorCall } from '../../contract/visitor.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { scrubPage } from './page.ts';
import { chatOf, visitorOf } from './visitor.ts';
import type { Widget } from './widget.ts';

/** Takes a visitor's message in. Resolves when it is durably stored; the same `clientId` again changes nothing. */
export async function receiveMessage(
  desk: Desk,
  widget: Widget,
  record: VisitorRecord,
  call: Extract<VisitorCall, { type: 'message' }>,
): Promise<void> {
  const page = scrubPage(call.page);
  const files = await ownFiles(desk, record, call.fileIds ?? []);
  await take(desk, widget, record, {
    type: 'message',
    clientId: call.clientId,
    ...(call.text ? { text: call.text } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(page ? { page } : {}),
  });
}

/** Takes in what a visitor did with messages that are there: delivered, read, button, reaction. */
export async function receiveAct(
  desk: Desk,
  widget: Widget,
  record: VisitorRecord,
  call: Extract<VisitorCall, { type: 'delivered' | 'read' | 'button' | 'reaction' }>,
): Promise<void> {
  if (call.type === 'button' && call.messageId === undefined) {
    await take(desk, widget, record, call);
    return;
  }
  // The browser knows our ids; the channel speaks of the ids that a send answered.
  const message =
    call.messageId === undefined ? null : await desk.stores.messages.get(call.messageId);
  const talk = await desk.stores.conversations.byChat(widget.account.record.id, chatOf(record));
  const externalId = message?.externalIds.at(-1);
  if (!talk || message?.conversationId !== talk.id || externalId === undefined)
    throw new Refusal('not_found', 'This message is not part of the talk.');
  await take(desk, widget, record, { ...call, messageId: externalId });
}

/** Shows operators that the visitor types. Nothing of it is kept. */
export async function showVisitorTyping(
  desk: Desk,
  widget: Widget,
  record: VisitorRecord,
  on: boolean,
): Promise<void> {
  const talk = await desk.stores.conversations.byChat(widget.account.record.id, chatOf(record));
  if (!talk || talk.session.state === 'closed') return;
  desk.bus.publish({
    type: 'typing',
    conversationId: talk.id,
    seq: talk.seq,
    lineId: talk.lineId,
    ownerId: talk.session.ownerId,
    who: { kind: 'contact', id: talk.contactId, name: talk.contactName },
    on,
  });
}

async function take(
  desk: Desk,
  widget: Widget,
  record: VisitorRecord,
  frame: VisitorFrame,
): Promise<void> {
  const events = widget.way.parse(frame, visitorOf(record), desk.clock.now());
  if (events.length === 0) throw new Refusal('malformed', 'There is nothing in this message.');
  await desk.ingress.accept(
    widget.account.record.id,
    { events },
    Buffer.from(JSON.stringify(frame)),
  );
}

/** The visitor's own uploads, in order. An id that is not theirs is refused, whether it exists or not. */
async function ownFiles(
  desk: Desk,
  record: VisitorRecord,
  ids: readonly string[],
): Promise<{ id: string; name: string; mime: string; size: number }[]> {
  if (ids.length === 0) return [];
  const stored = new Map((await desk.stores.files.many(ids)).map((file) => [file.id, file]));
  return ids.map((id) => {
    const file = stored.get(id);
    if (!file || file.uploadedBy !== uploaderOf(record))
      throw new Refusal('not_found', 'A file of this message is not there; add it again.');
    return { id, name: file.name, mime: file.mime, size: file.size ?? 0 };
  });
}

/** How a visitor's uploads are marked as theirs. */
export function uploaderOf(record: VisitorRecord): string {
  return `visitor:${chatOf(record)}`;
}
