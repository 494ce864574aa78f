import { Refusal } from '../../base/errors.ts';
import { LONGEST_TEXT } from '../../contract/capabilities.ts';
import type { MediaKind } from '../../contract/capabilities.ts';
import type { SendBody } from '../../contract/wire.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Mark, MediaPart } from '../../domain/conversations/parts.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';

const MAX_FILES = 20;
const MAX_CLIENT_ID = 128;

/** What a person wrote, checked. */
export interface Composed {
  text: string;
  marks: Mark[];
  parts: MediaPart[];
  replyTo: Message['replyTo'];
}

/** Checks a body: something to say, sizes, files that are theirs and there, a quoted message of this talk. */
export async function compose(
  desk: Desk,
  who: Principal,
  conversation: Conversation,
  body: SendBody,
): Promise<Composed> {
  const text = body.text ?? '';
  const fileIds = body.fileIds ?? [];
  if (body.clientId.length === 0 || body.clientId.length > MAX_CLIENT_ID) {
    throw new Refusal('malformed', `clientId has 1 to ${MAX_CLIENT_ID} characters.`, {
      field: 'clientId',
    });
  }
  if (text.trim() === '' && fileIds.length === 0) {
    throw new Refusal('rule_broken', 'A message needs text or a file.', { field: 'text' });
  }
  if (text.length > LONGEST_TEXT) {
    throw new Refusal(
      'rule_broken',
      `A message has at most ${LONGEST_TEXT} characters; this has ${text.length}.`,
      { field: 'text' },
    );
  }
  if (fileIds.length > MAX_FILES) {
    throw new Refusal('rule_broken', `A message carries at most ${MAX_FILES} files.`, {
      field: 'fileIds',
    });
  }
  return {
    text,
    marks: (body.marks ?? []).filter(
      (mark) => mark.offset >= 0 && mark.length > 0 && mark.offset + mark.length <= text.length,
    ),
    parts: await partsOf(desk, who, fileIds),
    replyTo: body.replyToId ? await quote(desk, conversation, body.replyToId) : null,
  };
}

async function partsOf(
  desk: Desk,
  who: Principal,
  fileIds: readonly string[],
): Promise<MediaPart[]> {
  if (fileIds.length === 0) return [];
  const stored = new Map((await desk.stores.files.many(fileIds)).map((file) => [file.id, file]));
  return fileIds.map((id) => {
    const file = stored.get(id);
    if (file?.state !== 'ready' || file.uploadedBy !== who.user.id) {
      throw new Refusal('rule_broken', 'One of the files is not there: upload it again.', {
        field: 'fileIds',
      });
    }
    return { kind: kindOf(file), fileId: id };
  });
}

/** What a file is sent as, by its type. */
function kindOf(file: StoredFile): MediaKind {
  if (/^image\/(jpeg|png|webp|gif)$/.test(file.mime)) return 'image';
  if (file.mime === 'video/mp4') return 'video';
  if (file.mime.startsWith('audio/')) return 'audio';
  return 'file';
}

async function quote(
  desk: Desk,
  conversation: Conversation,
  id: string,
): Promise<Message['replyTo']> {
  const original = await desk.stores.messages.get(id);
  if (original?.conversationId !== conversation.id) {
    throw new Refusal('rule_broken', 'The quoted message is not in this talk.', {
      field: 'replyToId',
    });
  }
  return {
    messageId: original.id,
    seq: original.seq,
    text: original.text.slice(0, 300),
    author: original.author.name,
  };
}
