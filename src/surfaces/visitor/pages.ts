import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { messageOf } from '../../base/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { findWidget } from '../../desk/visitors/widget.ts';

const NOT_BUILT = 'The widget is not built. Run: npm run build';
/** Old loaders in caches and new servers understand each other; still, a change should arrive within minutes. */
const LOADER_CACHE = 'public, max-age=300, stale-while-revalidate=86400';

/** The loader, the widget's page for one line, and what that page loads. */
export function servePages(app: FastifyInstance, desk: Desk, folder: string): void {
  const readPage = (): Promise<string | null> =>
    readFile(path.join(folder, 'index.html'), 'utf8').catch((error: unknown) => {
      desk.log.warn({ error: messageOf(error) }, 'the page of the widget can not be read');
      return null;
    });

  app.get('/widget.js', async (_request, reply) => {
    const sendable = existsSync(path.join(folder, 'loader.js'));
    reply
      .type('text/javascript; charset=utf-8')
      // Other sites load it: that is what it is for.
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('access-control-allow-origin', '*')
      .header('x-content-type-options', 'nosniff');
    if (!sendable)
      return reply.status(503).send(`console.error(${JSON.stringify(`Openline: ${NOT_BUILT}`)});`);
    return reply
      .header('cache-control', LOADER_CACHE)
      .sendFile('loader.js', folder, { cacheControl: false });
  });

  void app.register(fastifyStatic, {
    root: path.join(folder, 'assets'),
    prefix: '/widget/assets/',
    preCompressed: true,
    index: false,
    immutable: true,
    maxAge: '365d',
    setHeaders: (reply) => void reply.header('x-content-type-options', 'nosniff'),
  });

  app.get<{ Params: { key: string } }>('/widget/:key', async (request, reply) => {
    const widget =
      request.params.key.length <= 64 ? await findWidget(desk, request.params.key) : null;
    const origins = widget ? widget.way.allowedOrigins(widget.account.account.config) : [];
    securePage(reply, desk, widget ? origins : ["'none'"]);
    if (!widget) return reply.status(404).send(plainPage('There is no chat at this address.'));
    const template = await readPage();
    if (template === null) return reply.status(503).send(plainPage(NOT_BUILT));
    const facts = { line: widget.line.key, appearance: widget.appearance };
    return reply.send(template.replace('__WIDGET__', () => embeddable(facts)));
  });
}

/** JSON inside an HTML element that is not run: `<` can end nothing. */
function embeddable(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

/** Only its own files run; only the sites that the settings name may frame it (an empty list: any). */
function securePage(reply: FastifyReply, desk: Desk, origins: readonly string[]): void {
  const ancestors = origins.length === 0 ? '*' : `'self' ${origins.join(' ')}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    `connect-src 'self' ${desk.publicUrl.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${origins[0] === "'none'" ? "'none'" : ancestors}`,
  ].join('; ');
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'strict-origin-when-cross-origin')
    .header('x-robots-tag', 'noindex')
    .header('cache-control', 'no-cache');
}

function plainPage(sentence: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chat</title><p>${sentence}</p></html>`;
}
