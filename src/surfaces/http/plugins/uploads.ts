import fastifyMultipart from '@fastify/multipart';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import { MAX_UPLOAD_BYTES } from '../../../desk/files/upload-file.ts';

/** Lets endpoints read one uploaded file as a stream; more of anything is refused. */
export async function readUploads(app: FastifyInstance): Promise<void> {
  await app.register(fastifyMultipart, {
    // The reader cuts a file at its limit without a word: one byte more lets the store see that it is too large.
    limits: {
      fileSize: MAX_UPLOAD_BYTES + 1,
      files: 1,
      fields: 10,
      parts: 11,
      fieldSize: 10_000,
    },
  });
}

/** Hands the one file of a form to `use`. A form that can not be read to its end is refused (`malformed`). */
export async function withUpload<T>(
  request: FastifyRequest,
  use: (file: MultipartFile) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart())
    throw new Refusal('unsupported_type', 'Send the file as multipart/form-data.');
  const file = await request.file().catch((error: unknown) => {
    throw hasCode(error) ? error : unreadable();
  });
  if (!file) throw new Refusal('malformed', 'There is no file in the form.', { field: 'file' });
  try {
    return await use(file);
  } catch (error) {
    throw file.file.errored === error && !hasCode(error) ? unreadable() : error;
  } finally {
    // What is left of a refused file is read and dropped: a browser listens only when all is sent.
    file.file.resume();
  }
}

/** The reader's own refusals and the system's errors have a code; what the form's parser says has none. */
const hasCode = (error: unknown): boolean => error instanceof Error && 'code' in error;

const unreadable = (): Refusal => new Refusal('malformed', 'The form can not be read to its end.');
