import { randomUUID } from 'node:crypto';
import path from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { Refusal } from '../../base/errors.ts';
import { webDist } from '../../base/web-dist.ts';
import type { Log } from '../../base/log.ts';
import type { Desk } from '../../desk/desk.ts';
import type { SetupCode } from '../../desk/people/setup-code.ts';
import { apiRoutes } from './plugins/api.ts';
import { asRefusal, drawErrors, sendRefusal } from './plugins/errors.ts';
import { fileContents } from './plugins/file-contents.ts';
import { apiHeaders, inboxHeaders } from './plugins/headers.ts';
import { healthRoutes } from './plugins/health.ts';
import { hookRoutes } from './plugins/hooks.ts';
import { inboxFiles } from './plugins/inbox.ts';
import { metricsRoute } from './plugins/metrics.ts';
import { addPart } from './plugins/part.ts';

/** How the web server is built. */
export interface ServerOptions {
  /** Which proxies may speak for the client's address: none, all, or these addresses and ranges. */
  trustProxy: boolean | string | string[];
  log: Log;
  /** Proves the first administrator; its text is printed by the app. */
  setupCode: SetupCode;
  /** Lets a scraper read `/metrics` as a Bearer token. At least 16 characters. */
  scrapeToken?: string | undefined;
  /** Calls of one address to `/api` in a minute. Default 12,000: a whole office may share an address. */
  callsPerMinute?: number | undefined;
  /** Folder of the built web apps. Default: `web-dist` of the package. */
  webDist?: string | undefined;
}

/** How long a client may take for one whole request: an upload over a slow line. */
const REQUEST_TIMEOUT_MS = 600_000;
const JSON_LIMIT_BYTES = 1024 * 1024;

/** The web server, ready to listen: REST, webhooks, files, inbox. Sockets are attached by who calls. */
export async function buildServer(desk: Desk, options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    trustProxy: options.trustProxy,
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: (error, request, reply) => {
      const refusal = asRefusal(error) ?? new Refusal('malformed', 'The request can not be read.');
      sendRefusal(refusal, request, reply);
    },
  });
  drawErrors(app, options.log);
  await addPart(app, '', (hooks) => hookRoutes(hooks, desk));
  await addPart(app, '', async (rest) => {
    await rest.register(fastifyCookie);
    healthRoutes(rest, desk);
    fileContents(rest, desk);
    await addPart(rest, '', async (data) => {
      await data.register(fastifyHelmet, apiHeaders(desk.publicUrl));
      metricsRoute(data, desk, options.scrapeToken);
      await addPart(data, '/api', (api) =>
        apiRoutes(api, desk, options.setupCode, options.callsPerMinute),
      );
    });
    await addPart(rest, '', async (pages) => {
      await pages.register(fastifyHelmet, inboxHeaders(desk.publicUrl));
      await inboxFiles(pages, path.join(options.webDist ?? webDist(), 'inbox'));
    });
  });
  return app;
}
