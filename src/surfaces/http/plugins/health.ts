import type { FastifyInstance } from 'fastify';
import { messageOf } from '../../../base/errors.ts';
import type { ChannelStatus } from '../../../contract/wire.ts';
import type { Desk } from '../../../desk/desk.ts';

const DATABASE_PATIENCE_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can work: the database answers; how the accounts stand, in figures. */
export function healthRoutes(app: FastifyInstance, desk: Desk): void {
  app.get('/healthz', async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  );

  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const accounts = await within(DATABASE_PATIENCE_MS, desk.stores.accounts.all());
      const channels: Partial<Record<ChannelStatus, number>> = {};
      for (const { status } of accounts) channels[status] = (channels[status] ?? 0) + 1;
      return { status: 'ready', database: 'ok', channels };
    } catch (error) {
      desk.log.warn({ requestId: request.id, error: messageOf(error) }, 'not ready');
      return reply.status(503).send({ status: 'not ready', database: 'does not answer' });
    }
  });
}

const within = <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
