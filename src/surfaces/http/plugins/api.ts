import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import type { Desk } from '../../../desk/desk.ts';
import type { SetupCode } from '../../../desk/people/setup-code.ts';
import type { Described } from '../endpoint/register.ts';
import { createApi } from '../endpoint/register.ts';
import { allRoutes } from '../routes/index.ts';
import { readJsonBodies } from './json-body.ts';
import { addPart } from './part.ts';
import { readUploads } from './uploads.ts';

const CALLS_PER_MINUTE = 12_000;

/** `/api/v1`, its document and the pages that show it; `app` is the part at `/api`. */
export async function apiRoutes(
  app: FastifyInstance,
  desk: Desk,
  setupCode: SetupCode,
  callsPerMinute = CALLS_PER_MINUTE,
): Promise<void> {
  await app.register(fastifyRateLimit, {
    max: callsPerMinute,
    timeWindow: 60_000,
    // A browser that hung up meanwhile has no address any more, whatever the type says.
    keyGenerator: ({ ip }: { ip?: string }) => (ip ? normalizeIP(ip) : 'gone'),
    errorResponseBuilder: () => new Refusal('too_many', 'Too many calls from this address.'),
  });
  readJsonBodies(app);
  await readUploads(app);

  const described: Described[] = [];
  await addPart(app, '/v1', (v1) => {
    const api = createApi(v1, desk, setupCode, described);
    for (const routes of allRoutes) routes(api);
    let document: string | undefined;
    v1.get('/openapi.json', async (_request, reply) => {
      // Made at the first reading: turning all schemas costs time that most starts need not spend.
      const { openApiDocument } = await import('../endpoint/openapi.ts');
      document ??= JSON.stringify(openApiDocument(described, desk.publicUrl));
      return reply.type('application/json; charset=utf-8').send(document);
    });
  });
  await addPart(app, '/docs', documentPages);
}

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Openline API</title><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body>
</html>`;
const START =
  "window.ui = SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });";
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/** Swagger's pages, served from its package's files: nothing of it is in memory until somebody looks. */
async function documentPages(app: FastifyInstance): Promise<void> {
  const root = path.join(
    path.dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui/package.json'))),
    'static',
  );
  app.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', PAGE_POLICY);
  });
  await app.register(fastifyStatic, {
    root,
    index: false,
    allowedPath: (file) => /\.(js|css|png)$/.test(file),
  });
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  app.get('/start.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(START),
  );
}
