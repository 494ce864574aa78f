import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Direction } from '../../../contract/wire.ts';
import type { Desk } from '../../../desk/desk.ts';
import { sameText } from '../../../desk/people/keys.ts';
import { permit } from '../../../domain/operators/permissions.ts';
import { authenticate } from './authentication.ts';

/**
 * `/metrics` in Prometheus' text form, for those with the right `metrics.read` or the scrape token. Prometheus' client
 * and its probes are loaded by the first scrape: who does not scrape, does not pay.
 */
export function metricsRoute(
  app: FastifyInstance,
  desk: Desk,
  scrapeToken: string | undefined,
): void {
  const messages = new Map<Direction, number>();
  const unlisten = desk.bus.on('message.appended', ({ message: { direction } }) => {
    messages.set(direction, (messages.get(direction) ?? 0) + 1);
  });
  app.addHook('onClose', async () => unlisten());

  let registry: Promise<Registry> | undefined;
  app.get('/metrics', async (request, reply) => {
    await mayScrape(desk, request, scrapeToken);
    registry ??= createRegistry(desk, messages);
    const { contentType, metrics } = await read(await registry);
    return reply
      .header('content-type', contentType)
      .header('cache-control', 'no-store')
      .send(metrics);
  });
}

const read = async (registry: Registry): Promise<{ contentType: string; metrics: string }> => ({
  contentType: registry.contentType,
  metrics: await registry.metrics(),
});

const mayScrape = async (
  desk: Desk,
  request: FastifyRequest,
  scrapeToken: string | undefined,
): Promise<void> => {
  const given = request.headers.authorization?.replace(/^Bearer +/i, '');
  if (scrapeToken && given !== undefined && sameText(given, scrapeToken)) return;
  const { who } = await authenticate(desk, request);
  permit(who, 'metrics.read', 'read the metrics');
};

const createRegistry = async (
  desk: Desk,
  messages: ReadonlyMap<Direction, number>,
): Promise<Registry> => {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  new Counter({
    name: 'openline_messages_total',
    help: 'Messages stored by this process since it started, by direction.',
    labelNames: ['direction'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [direction, count] of messages) this.inc({ direction }, count);
    },
  });
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
      const accounts = await desk.stores.accounts.all();
      this.reset();
      for (const { type, status } of accounts) this.inc({ type, status });
    },
  });
  return registry;
};
