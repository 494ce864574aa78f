import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { webDist } from '../../base/web-dist.ts';
import type { Desk } from '../../desk/desk.ts';
import { Hub } from './hub.ts';
import { servePages } from './pages.ts';
import { acceptPolls } from './poll.ts';
import { Rates } from './rates.ts';
import { acceptSockets } from './sockets.ts';
import { acceptUploads } from './uploads.ts';
import type { Door } from './visit.ts';

/**
 * Everything that a site's visitors reach: the loader `/widget.js`, the page `/widget/LINE_KEY`, the WebSocket
 * `/visitor` with `POST /visitor/poll` in its place where sockets are blocked, and `POST /visitor/files`.
 * Call before listening. `folder`: where the widget is built, default `web-dist/widget` of the package.
 */
export async function registerVisitorDoor(
  app: FastifyInstance,
  desk: Desk,
  options: { folder?: string | undefined } = {},
): Promise<void> {
  const hub = new Hub(desk);
  const door: Door = { desk, hub, rates: new Rates() };
  app.addHook('onClose', async () => hub.stop());
  await app.register((scope, _options, done) => {
    servePages(scope, desk, options.folder ?? path.join(webDist(), 'widget'));
    acceptSockets(scope, door);
    acceptPolls(scope, door);
    acceptUploads(scope, door);
    done();
  });
}
