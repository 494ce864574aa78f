import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { MAX_UPLOAD_BYTES } from '../../../desk/files/upload-file.ts';

/** Lets endpoints read one uploaded file as a stream; more of anything is refused. */
export async function readUploads(app: FastifyInstance): Promise<void> {
  await app.register(fastifyMultipart, {
    // The reader cuts a file at its limit without a word: one byte more lets the store see that it is too large.
    limits: { fileSize: MAX_UPLOAD_BYTES + 1, files: 1, fields: 10, parts: 11, fieldSize: 10_000 },
  });
}
