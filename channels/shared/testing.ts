import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { WebhookRequest } from '../../src/contract/channel.ts';
import type { DeliveryResult, OutboundContent, OutboundFile } from '../../src/contract/outbound.ts';

/** A request as a double received it. */
export interface Recorded {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * How a double answers. `cut`: reads everything, then closes without a word. `hang`: never answers.
 */
export type Behaviour =
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string | Buffer }
  | { kind: 'cut' }
  | { kind: 'hang' };

/** A pretend provider on loopback. */
export interface Double {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  requests: Recorded[];
  /** The next `times` sends (default 1) are answered like this instead. */
  next(behaviour: Behaviour, times?: number): void;
  /**
   * How many sends arrived and were taken in under a key, also those answered by `cut` and `hang`.
   */
  copies(key: string): number;
  close(): Promise<void>;
}

/** What a double needs to know of its provider. */
export interface DoubleRules {
  /** Whether a request is a send: only sends meet `next` and are counted. */
  isSend(request: Recorded): boolean;
  /** The key a send carries; null when the provider takes none. */
  keyOf(request: Recorded): string | null;
  /** The ordinary answer. */
  answer(request: Recorded): Extract<Behaviour, { kind: 'answer' }>;
}

/** Starts a double on a free port of loopback. */
export async function startDouble(rules: DoubleRules): Promise<Double> {
  const requests: Recorded[] = [];
  const planned: Behaviour[] = [];
  const copies = new Map<string, number>();

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('error', () => response.destroy());
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request: Recorded = {
        method: incoming.method ?? 'GET',
        path: incoming.url ?? '/',
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      };
      requests.push(request);
      const send = rules.isSend(request);
      const behaviour = (send ? planned.shift() : undefined) ?? rules.answer(request);
      const key = send ? rules.keyOf(request) : null;
      const refused = behaviour.kind === 'answer' && behaviour.status >= 300;
      if (key !== null && !refused) copies.set(key, (copies.get(key) ?? 0) + 1);
      if (behaviour.kind === 'hang') return;
      if (behaviour.kind === 'cut') {
        incoming.socket.destroy();
        return;
      }
      response.writeHead(behaviour.status, {
        'content-type': 'application/json',
        ...behaviour.headers,
      });
      response.end(behaviour.body ?? '{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    next(behaviour, times = 1) {
      for (let i = 0; i < times; i += 1) planned.push(behaviour);
    },
    copies: (key) => copies.get(key) ?? 0,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A file of a test, as the core hands it to `send`. */
export function sampleFile(name: string, mime: string, content: string | Buffer): OutboundFile {
  const bytes = Buffer.from(content);
  return {
    id: `file-${name}`,
    name,
    mime,
    size: bytes.length,
    open: () => Readable.from([bytes]),
    url: () => `https://desk.example/files/${encodeURIComponent(name)}?signature=abc`,
  };
}

/** A request to a channel's webhook; `body` is text, bytes, or a value to be sent as JSON. */
export function sampleRequest(type: string, body: unknown, now: Date, path = ''): WebhookRequest {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method: 'POST',
    path,
    url: `https://desk.example/hooks/${type}/account-1${path}`,
    query: {},
    headers: { 'content-type': 'application/json' },
    body: bytes,
    now,
  };
}

/** One way a provider may behave, and what the channel must make of it. */
export interface OutcomeCase {
  name: string;
  behaviour: Behaviour;
  expect: DeliveryResult['status'];
  /** More of the result, compared where given. */
  with?: Record<string, unknown>;
}

/**
 * What a channel's folder hands to the contract suite, as `kit` of its `testing.ts`.
 * The suite runs over the registry: a channel without a kit fails.
 */
export interface ChannelKit {
  /** A complete, valid configuration whose provider is at `apiRoot`. */
  config(apiRoot: string): Record<string, unknown>;
  /** Names of the fields that are secret, and so must never be seen. */
  secrets: readonly string[];
  /** Signs a request as the provider would; absent for channels without a webhook. */
  sign?(request: WebhookRequest, config: Record<string, unknown>): WebhookRequest;
  /** Configuration fields without which `verify` must refuse whatever comes. */
  verifiedBy?: readonly string[];
  /** The provider; null for a channel that has none outside of Openline. */
  startDouble: (() => Promise<Double>) | null;
  /** The chat that sends of the suite go to. */
  chat: string;
  /** What a request to the double looks like in `fixtures/outbound`: method, path, body. */
  show?(request: Recorded): unknown;
  /** Every outcome of a send; the suite demands that each that the provider can cause is here. */
  outcomes: readonly OutcomeCase[];
  /** Statuses that can not happen here, each with the reason. */
  neverHappens?: Partial<Record<DeliveryResult['status'], string>>;
  /** What is sent in the outcome cases. Default: a short text. */
  content?: OutboundContent;
}
