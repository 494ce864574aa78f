import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import { sendRefusal } from './errors.ts';

const NOT_BUILT =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Openline</title><p>The inbox is not built yet. Run <code>npm run build</code> and reload this page.</p></html>';
/** First steps of addresses that are the server's own: an unknown one below them is never a page of the inbox. */
const SERVER_PATHS =
  /^\/(api|hooks|files|visitor|widget|socket\.io|cti|exchange|f|i|metrics)(\/|$)/;

/** The inbox's built files; every address that is nothing else is the single page, whose router knows it. */
export async function inboxFiles(app: FastifyInstance, root: string): Promise<void> {
  const page = path.join(root, 'index.html');
  await app.register(fastifyStatic, {
    root: existsSync(root) ? root : path.dirname(root),
    serve: false,
    cacheControl: false,
  });
  app.get('/', (_request, reply) => sendPage(reply));
  app.get('/assets/*', (request, reply) => {
    const name = (request.params as { '*': string })['*'];
    return sendIfThere(reply, path.join('assets', name), 'public, max-age=31536000, immutable');
  });
  app.setNotFoundHandler((request, reply) => {
    const url = request.raw.url ?? '/';
    const pathname = url.split('?')[0] ?? '/';
    if (request.method !== 'GET' || SERVER_PATHS.test(pathname))
      return sendRefusal(
        new Refusal('not_found', 'There is nothing at this address.'),
        request,
        reply,
      );
    if (/\.[a-z0-9]+$/i.test(pathname)) return sendIfThere(reply, pathname, 'no-cache');
    return sendPage(reply);
  });

  function sendPage(reply: FastifyReply): FastifyReply {
    if (!existsSync(page))
      return reply.status(503).header('content-type', 'text/html; charset=utf-8').send(NOT_BUILT);
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  }
  function sendIfThere(reply: FastifyReply, name: string, cacheControl: string): FastifyReply {
    const file = path.join(root, path.normalize(`/${name}`));
    if (!existsSync(file))
      return sendRefusal(new Refusal('not_found', 'There is no such file.'), reply.request, reply);
    return reply.header('cache-control', cacheControl).sendFile(path.relative(root, file));
  }
}
