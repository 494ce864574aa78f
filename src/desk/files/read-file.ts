import { Refusal } from '../../base/errors.ts';
import type { FileView } from '../../contract/wire.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { visibleTalk } from '../talks/access.ts';
import { fileView } from '../views/file.ts';

/** A file of a talk that the person sees, or one they uploaded themselves; else `not_found`. */
export async function findFile(desk: Desk, who: Principal, id: string): Promise<StoredFile> {
  const file = await desk.stores.files.get(id);
  if (!file) throw new Refusal('not_found', 'There is no such file.');
  if (file.uploadedBy === who.user.id) return file;
  if (!file.conversationId) throw new Refusal('not_found', 'There is no such file.');
  await visibleTalk(desk, who, file.conversationId);
  return file;
}

/** How a file stands and where to read it. */
export async function readFile(desk: Desk, who: Principal, id: string): Promise<FileView> {
  return fileView(desk, await findFile(desk, who, id));
}
