import { Refusal } from '../../base/errors.ts';
import type { FileView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { fileView } from '../views/file.ts';
import { findFile } from './read-file.ts';

/** Fetches a file again that could not be fetched from its provider. */
export async function retryFile(desk: Desk, who: Principal, id: string): Promise<FileView> {
  const before = await findFile(desk, who, id);
  if (!before.source)
    throw new Refusal('rule_broken', 'This file was uploaded here: there is nothing to fetch.');
  const now = desk.clock.now();
  const file = await desk.stores.files.retry(id, now);
  if (!file) throw new Refusal('conflict', 'This file has not failed: it is ready or on its way.');
  if (!file.messageId) return fileView(desk, file);
  const message = await desk.stores.messages.touch(file.messageId, now);
  const conversation = message && (await desk.stores.conversations.get(message.conversationId));
  if (message && conversation) desk.bus.publish({ type: 'message.changed', message, conversation });
  return fileView(desk, file);
}
