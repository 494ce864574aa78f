import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { MAX_UPLOAD_BYTES } from '../../../desk/files/upload-file.ts';

/** Lets endpoints read one uploaded file as a stream; more of anything is refused. */
export async function readUploads(app: FastifyInstance): Promise<void> {
  await app.register(fastifyMultipart, {
    limits: { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 10, parts: 11, fieldSize: 10_000 },
    throwFileSizeLimit: true,
  });
}
