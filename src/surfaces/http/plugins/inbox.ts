import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import { sendRefusal } from './errors.ts';
import { packedFiles } from './packed-files.ts';

const NOT_BUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Openline</title><p>The inbox is not built yet. Run <code>npm run build</code> and reload this page.</p></html>';
/** First steps of addresses that are the server's own: an unknown one below them is never a page of the inbox. */
const SERVER_PATHS =
  /^\/(api|hooks|files|visitor|widget|socket\.io|cti|exchange|f|i|metrics)(\/|$)/;
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_FIRST = 'no-cache';

/** The inbox's built files; every address that is nothing else is the single page, whose router knows it. */
export async function inboxFiles(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: existsSync(root) ? root : path.dirname(root),
    serve: false,
    cacheControl: false,
  });
  const packed = packedFiles(root);

  const sendFile = async (
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    cacheControl: string,
  ): Promise<FastifyReply> => {
    const file = path.join(root, path.normalize(`/${name}`));
    if (!existsSync(file))
      return sendRefusal(new Refusal('not_found', 'There is no such file.'), request, reply);
    reply.header('cache-control', cacheControl).header('vary', 'accept-encoding');
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const small = takesGzip ? await packed(name) : null;
    if (!small) return reply.sendFile(path.relative(root, file));
    reply.header('etag', small.etag);
    if (request.headers['if-none-match'] === small.etag) return reply.status(304).send();
    return reply.header('content-encoding', 'gzip').type(small.type).send(small.bytes);
  };
  const sendPage = (request: FastifyRequest, reply: FastifyReply) =>
    existsSync(path.join(root, 'index.html'))
      ? sendFile(request, reply, 'index.html', ASK_FIRST)
      : reply.status(503).header('content-type', 'text/html; charset=utf-8').send(NOT_BUILT);

  app.get('/', sendPage);
  app.get('/assets/*', (request, reply) =>
    sendFile(request, reply, `assets/${(request.params as { '*': string })['*']}`, FOR_EVER),
  );
  app.setNotFoundHandler((request, reply) => {
    const pathname = (request.raw.url ?? '/').split('?')[0] ?? '/';
    if (request.method !== 'GET' || SERVER_PATHS.test(pathname)) {
      const refusal = new Refusal('not_found', 'There is nothing at this address.');
      return sendRefusal(refusal, request, reply);
    }
    return /\.[a-z0-9]+$/i.test(pathname)
      ? sendFile(request, reply, pathname, ASK_FIRST)
      : sendPage(request, reply);
  });
}
