import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../base/errors.ts';
import type { VisitorUpload } from '../../contract/visitor.ts';
import { recogniseVisitor } from '../../desk/visitors/recognise-visitor.ts';
import { uploadFromVisitor } from '../../desk/visitors/upload.ts';
import { findWidget } from '../../desk/visitors/widget.ts';
import { isOwnOrigin } from './origin.ts';
import type { Door } from './visit.ts';

const HEADER_LENGTH = 2000;

/**
 * `POST /visitor/files`: the bytes are the body. `Authorization: Bearer` carries the visitor's token, `x-line` the
 * line's key, `x-file-name` the name, percent-encoded.
 */
export function acceptUploads(app: FastifyInstance, door: Door): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // The stream goes to the disk as it comes; the limit is kept there.
    scope.addContentTypeParser(
      '*',
      { bodyLimit: Number.MAX_SAFE_INTEGER },
      (_request, payload, done) => done(null, payload),
    );

    scope.post(
      '/visitor/files',
      { bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request, reply): Promise<VisitorUpload> => {
        if (!isOwnOrigin(door.desk, request))
          throw new Refusal('forbidden', 'This page may not open the chat.');
        const token = /^Bearer (\S+)$/.exec(headerOf(request, 'authorization'))?.[1];
        const widget = await findWidget(door.desk, headerOf(request, 'x-line'));
        const record = widget && token ? await recogniseVisitor(door.desk, widget, token) : null;
        if (!widget || !record)
          throw new Refusal('unauthenticated', 'The talk is not known any more; reload the page.');
        if (!request.body)
          throw new Refusal('rule_broken', 'The file is empty.', { field: 'file' });
        reply.header('cache-control', 'no-store');
        return uploadFromVisitor(door.desk, widget, record, {
          name: decoded(headerOf(request, 'x-file-name')),
          mime: headerOf(request, 'content-type'),
          content: request.body as Readable,
        });
      },
    );
    done();
  });
}

function headerOf(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value.slice(0, HEADER_LENGTH) : '';
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
