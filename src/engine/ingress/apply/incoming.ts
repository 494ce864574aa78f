import { createHash } from 'node:crypto';
import type { Part } from '../../../contract/inbound.ts';
import type { Conversation } from '../../../domain/conversations/conversation.ts';
import type { Message, MessageDraft } from '../../../domain/conversations/message.ts';
import { fileIdsOf } from '../../../domain/conversations/parts.ts';
import type { MediaPart } from '../../../domain/conversations/parts.ts';
import { lastMessageOf } from '../../../domain/conversations/summary.ts';
import type { Contact } from '../../../domain/crm/records.ts';
import type { ApplyParts } from './parts.ts';
import { customer } from './words.ts';

/** Files of a message as pending records; their ids follow from the event, so a repeat makes no second ones. */
export async function keepFiles(
  parts: ApplyParts,
  event: { id: string; parts: Part[] },
  accountId: string,
  conversationId: string,
): Promise<MediaPart[]> {
  return Promise.all(
    event.parts.flatMap((part, index) => {
      if (part.kind === 'text') return [];
      if (!('file' in part)) return [Promise.resolve(part)];
      const { file } = part;
      if (file.stored)
        return [Promise.resolve<MediaPart>({ kind: part.kind, fileId: file.stored })];
      const id = createHash('sha256')
        .update(`${accountId}\n${event.id}\n${index}`)
        .digest('hex')
        .slice(0, 24);
      const now = parts.clock.now();
      return [
        parts.stores.files
          .create({
            id,
            name: file.name ?? `${part.kind}-${index + 1}`,
            mime: file.mime ?? 'application/octet-stream',
            size: file.size ?? null,
            width: file.width ?? null,
            height: file.height ?? null,
            durationMs: file.durationMs ?? null,
            state: file.unavailable ? 'failed' : 'pending',
            detail: file.unavailable ?? '',
            storageKey: null,
            source: { accountId, file },
            conversationId,
            messageId: null,
            uploadedBy: null,
            nextAt: now,
          })
          .then(
            (stored): MediaPart => ({
              kind: part.kind,
              fileId: stored.id,
              ...(part.sticker && { sticker: true }),
            }),
          ),
      ];
    }),
  );
}

/** Appends a customer's message and moves everything that counts with it. `value`: of the button that was pressed. */
export async function appendIncoming(
  parts: ApplyParts,
  conversation: Conversation,
  contact: Contact | null,
  draft: MessageDraft,
  value: string | null = null,
): Promise<Message> {
  const { message, fresh } = await parts.stores.messages.append(draft, conversation.seq);
  const at = parts.clock.now();
  const bumped = await parts.stores.conversations.bump(conversation.id, {
    seq: message.seq,
    lastMessage: lastMessageOf(message),
    unread: 'add',
    lastCustomerAt: message.at,
  });
  let after = bumped ?? conversation;
  if (after.blocked)
    after = (await parts.stores.conversations.setBlocked(after.id, false)) ?? after;
  if (after.leadId === null) {
    const person = contact ?? (await parts.stores.contacts.get(after.contactId));
    if (person) after = await parts.ensureLead(after, person, customer(after));
  }
  const fileIds = fileIdsOf(message.parts);
  if (fileIds.length > 0) await parts.stores.files.attach(fileIds, conversation.id, message.id);
  if (fresh) parts.bus.publish({ type: 'message.appended', message, conversation: after });
  else parts.log.debug({ messageId: message.id, at }, 'a message came again');
  await parts.heard(after, message, value);
  return message;
}
