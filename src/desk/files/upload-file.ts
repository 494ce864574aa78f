import type { FileView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { fileView } from '../views/file.ts';
import { keepUpload } from './keep-upload.ts';
import type { Upload } from './keep-upload.ts';

/** Largest file that an operator may upload. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;

/** Keeps a file that an operator is about to send. Larger than 50 MiB is refused (`too_large`), leaving nothing. */
export async function uploadFile(desk: Desk, who: Principal, upload: Upload): Promise<FileView> {
  permit(who, 'talk.reply', 'upload files');
  const kept = await keepUpload(desk, upload, { maxBytes: MAX_UPLOAD_BYTES, by: who.user.id });
  return fileView(desk, kept);
}
