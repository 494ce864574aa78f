import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../../base/errors.ts';
import type { Desk } from '../../../desk/desk.ts';
import { sameText } from '../../../desk/people/keys.ts';
import { permit } from '../../../domain/operators/permissions.ts';
import { authenticate } from './authentication.ts';

/** `/metrics` in Prometheus' text form, for those with the right `metrics.read` or the scrape token. */
export async function metricsRoute(
  app: FastifyInstance,
  { desk, scrapeToken }: { desk: Desk; scrapeToken: string | undefined },
): Promise<void> {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });

  const messages = new Counter({
    name: 'openline_messages_total',
    help: 'Messages stored since the start, by direction.',
    labelNames: ['direction'],
    registers: [registry],
  });
  desk.bus.on('message.appended', ({ message }) => messages.inc({ direction: message.direction }));
  new Gauge({
    name: 'openline_talks',
    help: 'Talks that wait or are open, by line.',
    labelNames: ['line', 'state'],
    registers: [registry],
    async collect() {
      const lines = await desk.stores.lines.all();
      const counts = await desk.stores.conversations.countsByLine(lines.map((line) => line.id));
      this.reset();
      for (const line of lines) {
        this.set({ line: line.name, state: 'waiting' }, counts.get(line.id)?.waiting ?? 0);
        this.set({ line: line.name, state: 'open' }, counts.get(line.id)?.open ?? 0);
      }
    },
  });
  new Gauge({
    name: 'openline_channels',
    help: 'Connected accounts, by kind and how they stand.',
    labelNames: ['type', 'status'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { type, status } of await desk.stores.accounts.all()) this.inc({ type, status });
    },
  });

  const mayScrape = async (request: FastifyRequest): Promise<void> => {
    const given = request.headers.authorization?.replace(/^Bearer +/i, '');
    if (scrapeToken && given !== undefined && sameText(given, scrapeToken)) return;
    const { who } = await authenticate(desk, request);
    permit(who, 'metrics.read', 'read the metrics');
  };
  app.get('/metrics', async (request, reply) => {
    await mayScrape(request);
    return reply
      .header('content-type', registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics());
  });
  app.addHook('onClose', async () => registry.clear());
  if (scrapeToken !== undefined && scrapeToken.length < 16)
    throw new Refusal('malformed', 'The scrape token needs at least 16 characters.');
}
