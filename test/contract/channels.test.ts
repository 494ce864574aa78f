import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels } from '../../channels/registry.ts';
import { sampleRequest } from '../../channels/shared/testing.ts';
import type { ChannelKit, Double } from '../../channels/shared/testing.ts';
import { guardedFetch } from '../../src/base/guarded-fetch.ts';
import type {
  Account,
  Channel,
  ChannelContext,
  Parsed,
  WebhookRequest,
} from '../../src/contract/channel.ts';
import type { InboundEvent } from '../../src/contract/inbound.ts';
import type { DeliveryResult } from '../../src/contract/outbound.ts';
import { secretFields } from '../../src/domain/accounts/config-secrets.ts';
import { fixtureMutations, unsound } from './garbage.ts';
import {
  channelFolders,
  contentOf,
  hasFile,
  inboundFixtures,
  kitOf,
  outboundFixtures,
} from './kits.ts';
import type { InboundFixture } from './kits.ts';

const NOW = new Date('2026-01-15T12:00:00.000Z');
/** Channels wait longer for their providers; a test has no time for that. */
const PATIENCE_MS = 400;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function accountOf(channel: Channel, config: unknown): Account<unknown> {
  return {
    id: 'account-1',
    name: 'Test account',
    role: 'line',
    config,
    webhookUrl: `https://desk.example/hooks/${channel.type}/account-1`,
  };
}

function contextWith(allowPrivate: boolean): { context: ChannelContext; logged: unknown[] } {
  const logged: unknown[] = [];
  const guarded = guardedFetch({ allowPrivate });
  const context: ChannelContext = {
    fetch: (input, init) =>
      guarded(input, {
        ...init,
        signal: AbortSignal.any([
          AbortSignal.timeout(PATIENCE_MS),
          ...(init?.signal ? [init.signal] : []),
        ]),
      }),
    log: {
      info: (fields, message) => void logged.push(fields, message),
      warn: (fields, message) => void logged.push(fields, message),
    },
    now: () => NOW,
    accept: () => Promise.resolve({ accepted: 0, duplicates: 0 }),
  };
  return { context, logged };
}

test('every folder of a channel is in the registry, and every channel has its folder', () => {
  expect(channels.map((channel) => channel.type).sort()).toEqual(channelFolders().sort());
});

describe.each(channels.map((channel) => [channel.type, channel] as const))(
  '%s',
  (type, channel) => {
    let kit: ChannelKit;
    let double: Double | null = null;
    let apiRoot = 'http://127.0.0.1:9';

    beforeAll(async () => {
      kit = await kitOf(type);
      double = (await kit.startDouble?.()) ?? null;
      apiRoot = double?.url ?? apiRoot;
    });
    afterAll(() => double?.close());

    const config = (): Record<string, unknown> =>
      channel.config.parse(kit.config(apiRoot)) as Record<string, unknown>;
    const open = (context: ChannelContext) => channel.open(accountOf(channel, config()), context);

    const signed = (request: WebhookRequest): WebhookRequest => {
      if (!kit.sign)
        throw new Error(`channels/${type}/testing.ts needs sign: the channel has a webhook.`);
      return kit.sign(request, config());
    };
    const requestOf = (fixture: InboundFixture): WebhookRequest =>
      signed(
        sampleRequest(type, fixture.raw ?? fixture.update, new Date(fixture.now), fixture.path),
      );

    const parse = (fixture: InboundFixture): Parsed => {
      if (fixture.frame && fixture.visitor)
        return {
          events:
            channel.visitor?.parse(fixture.frame, fixture.visitor, new Date(fixture.now)) ?? [],
        };
      if (!channel.webhook)
        throw new Error('A fixture holds an update, and the channel has no webhook.');
      return channel.webhook.parse(requestOf(fixture), config());
    };

    test('says what it is, in words for people', () => {
      expect(channel.title).not.toBe('');
      expect(channel.summary).toMatch(/\.$/);
      expect(hasFile(type, 'README.md'), `channels/${type}/README.md`).toBe(true);
    });

    test('has fixtures of what comes in', () => {
      if (channel.webhook || channel.stream || channel.visitor)
        expect(inboundFixtures(type)).not.toEqual([]);
    });

    test('has fixtures of what goes out', () => {
      if (kit.startDouble) expect(outboundFixtures(type)).not.toEqual([]);
    });

    test('tells its capabilities as plain data', () => {
      const { capabilities } = channel;
      expect(plain(capabilities)).toEqual(capabilities);
      expect(capabilities.text.max).toBeGreaterThan(0);
    });

    test('has every action that it declares, and none that it does not', async () => {
      const session = (await open(contextWith(true).context)) as unknown as Record<string, unknown>;
      const has = [
        'typing',
        'markRead',
        'edit',
        'remove',
        'react',
        'profile',
        'download',
        'acknowledge',
      ].filter((action) => typeof session[action] === 'function');
      expect(has.sort()).toEqual([...channel.capabilities.actions].sort());
      if (channel.capabilities.reactions === null) expect(has).not.toContain('react');
      await (session['close'] as () => Promise<void>)();
    });

    describe('settings', () => {
      test('mark every secret, and name every field for the form', async () => {
        const { z } = await import('zod');
        const form = z.toJSONSchema(channel.config, {
          target: 'draft-7',
          io: 'input',
          unrepresentable: 'any',
        });
        expect(secretFields(channel.config).sort()).toEqual([...kit.secrets].sort());
        for (const [name, field] of Object.entries(form.properties ?? {}))
          expect((field as { title?: string }).title, `title of ${name}`).toBeTruthy();
      });

      test('refuse what they do not know', () => {
        expect(channel.config.safeParse({ ...kit.config(apiRoot), nonsense: 1 }).success).toBe(
          false,
        );
      });

      test('are complete when secrets are left out that we can make', () => {
        const ours = kit.verifiedBy ?? [];
        const given = Object.fromEntries(
          Object.entries(kit.config(apiRoot)).filter(([name]) => !ours.includes(name)),
        );
        const random = (bytes: number): string => Buffer.alloc(bytes, 7).toString('base64url');
        const completed = channel.complete?.(given, random) ?? given;
        expect(channel.config.safeParse(completed).error).toBeUndefined();
        for (const name of ours) expect(completed[name], name).toBeTruthy();
      });

      test('do not repeat a secret when they refuse it', () => {
        for (const name of kit.secrets) {
          const wrong = channel.config.safeParse({
            ...kit.config(apiRoot),
            [name]: 'ünusable-secret',
          });
          if (!wrong.success)
            expect(JSON.stringify(wrong.error.issues)).not.toContain('ünusable-secret');
        }
      });
    });

    if (channel.webhook)
      describe('a request to the webhook', () => {
        const verify = (request: WebhookRequest, settings = config()): boolean =>
          channel.webhook?.verify(request, settings) ?? false;
        const request = (): WebhookRequest => sampleRequest(type, { any: 'thing' }, NOW);

        test('is believed when it is signed', () => {
          expect(verify(signed(request()))).toBe(true);
        });

        test('is refused without a signature', () => {
          expect(verify(request())).toBe(false);
        });

        test('is refused when it was signed with another secret', () => {
          for (const name of kit.verifiedBy ?? []) {
            const value = String(config()[name]);
            const other = value.slice(0, -2) + (value.endsWith('AA') ? 'BB' : 'AA');
            expect(verify(kit.sign?.(request(), { ...config(), [name]: other }) ?? request())).toBe(
              false,
            );
          }
        });

        test('is refused when its signature is cut, longer, or given twice', () => {
          const good = signed(request());
          for (const [name, value] of Object.entries(good.headers)) {
            if (name in request().headers || typeof value !== 'string') continue;
            for (const changed of [value.slice(0, -1), `${value}x`, ''])
              expect(verify({ ...good, headers: { ...good.headers, [name]: changed } }), name).toBe(
                false,
              );
            const twice = { ...good.headers, [name]: [value, value] } as WebhookRequest['headers'];
            expect(verify({ ...good, headers: twice }), name).toBe(false);
          }
        });

        test('is refused when the account has no secret, whatever it carries', () => {
          expect(kit.verifiedBy, 'verifiedBy').not.toEqual([]);
          for (const name of kit.verifiedBy ?? [])
            for (const empty of ['', undefined]) {
              const settings = { ...config(), [name]: empty };
              expect(verify(request(), settings)).toBe(false);
              expect(verify(signed(request()), settings)).toBe(false);
            }
        });
      });

    describe('what comes in', () => {
      test.each(inboundFixtures(type))('%s', (_, fixture) => {
        if (fixture.throws !== undefined) {
          expect(() => parse(fixture)).toThrow(fixture.throws);
          return;
        }
        const parsed = parse(fixture);
        expect(plain(parsed.events)).toEqual(fixture.events);
        expect((parsed.odd ?? []).map(({ reason }) => reason)).toEqual(
          fixture.odd.map((reason) => expect.stringContaining(reason)),
        );
        for (const event of parsed.events) expect(unsound(event, new Date(fixture.now))).toBeNull();
        if (fixture.frame === undefined)
          expect(channel.webhook?.verify(requestOf(fixture), config())).toBe(true);
      });

      test('has the same ids when it comes again', () => {
        for (const [, fixture] of inboundFixtures(type)) {
          if (fixture.throws !== undefined) continue;
          const later = {
            ...fixture,
            now: new Date(Date.parse(fixture.now) + 60_000).toISOString(),
          };
          const ids = (events: readonly InboundEvent[]): string[] =>
            events.filter((event) => event.type !== 'presence').map((event) => event.id);
          expect(ids(parse(later).events)).toEqual(ids(parse(fixture).events));
        }
      });

      if (channel.webhook)
        describe('that is garbage', () => {
          /** Null: it was read, or refused in a sentence. */
          const complaint = (body: unknown, path = ''): string | null => {
            const request = sampleRequest(type, body, NOW, path);
            let parsed: Parsed | undefined;
            try {
              parsed = channel.webhook?.parse(request, config());
            } catch (error) {
              const clean =
                error instanceof Error && error.constructor === Error && error.message.length < 500;
              return clean ? null : `threw ${String(error).slice(0, 200)}`;
            }
            return (
              parsed?.events.map((event) => unsound(event, NOW)).find((one) => one !== null) ?? null
            );
          };

          test('any JSON is read or refused in a sentence', () => {
            fc.assert(
              fc.property(
                fc.jsonValue(),
                (body) => void expect(complaint(JSON.stringify(body))).toBeNull(),
              ),
              { numRuns: 300 },
            );
          });

          test('any bytes are read or refused in a sentence', () => {
            fc.assert(
              fc.property(
                fc.uint8Array(),
                (bytes) => void expect(complaint(Buffer.from(bytes))).toBeNull(),
              ),
              { numRuns: 200 },
            );
          });

          test('a real update cut anywhere is refused in a sentence', () => {
            for (const [, { update, path }] of inboundFixtures(type)) {
              const bytes = Buffer.from(JSON.stringify(update ?? {}));
              for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 40))
                expect(complaint(bytes.subarray(0, length), path)).toBeNull();
            }
          });

          test('a real update with any one value replaced gives sound events or a reason', () => {
            for (const [name, { update, path }] of inboundFixtures(type))
              for (const [where, changed] of fixtureMutations(update))
                expect(complaint(JSON.stringify(changed), path), `${name} ${where}`).toBeNull();
          });
        });
    });

    describe('what goes out', () => {
      test.each(outboundFixtures(type))('%s', async (_, fixture) => {
        if (!double) throw new Error('Outbound fixtures need a double.');
        const { context } = contextWith(true);
        const session = await open(context);
        double.requests.length = 0;
        const { content, chat = kit.chat, replyTo } = fixture.message;
        const result = await session.send({
          key: 'key-1',
          chat,
          content: contentOf(content),
          ...(replyTo ? { replyTo } : {}),
        });
        const shown = double.requests.map(
          (request) => kit.show?.(request) ?? request.body.toString('utf8'),
        );
        expect(plain(shown)).toEqual(fixture.requests);
        expect(result).toMatchObject(fixture.result ?? { status: 'sent' });
        await session.close();
      });

      test('ends in each way that the provider can cause', async () => {
        const covered = new Set(kit.outcomes.map(({ expect: status }) => status));
        for (const status of [
          'sent',
          'rejected',
          'deferred',
          'uncertain',
          'unauthorized',
        ] as const) {
          if (status === 'sent' && !kit.startDouble) continue;
          expect(
            covered.has(status) || kit.neverHappens?.[status],
            `${status}: a case, or a reason why not`,
          ).toBeTruthy();
        }
        if (channel.capabilities.idempotentSend) expect(covered.has('uncertain')).toBe(false);
      });

      test('ends as the table of outcomes says, and no secret is in what comes back', async () => {
        if (!double) {
          const session = await open(contextWith(true).context);
          const sent = await session.send({
            key: 'key-1',
            chat: kit.chat,
            content: { kind: 'text', text: 'Hello' },
          });
          expect(sent.status).toBe('sent');
          return;
        }
        const { context, logged } = contextWith(true);
        const session = await open(context);
        const results: DeliveryResult[] = [];
        for (const { name, behaviour, expect: status, with: more } of kit.outcomes) {
          double.next(behaviour);
          const content = kit.content ?? ({ kind: 'text', text: 'Hello' } as const);
          const result = await session.send({ key: 'key-1', chat: kit.chat, content });
          expect(result, name).toMatchObject({ status, ...more });
          results.push(result);
        }
        const seen = JSON.stringify([results, logged, session, await session.check()]);
        for (const name of kit.secrets)
          expect(seen, name).not.toContain(String(config()[name] ?? '\u0000'));
        await session.close();
      });

      test('is certainly not sent when the provider is not there or its address is private', async () => {
        if (!kit.startDouble) return;
        const gone = await kit.startDouble();
        await gone.close();
        const cases = [
          [gone.url, true],
          [apiRoot, false],
        ] as const;
        for (const [root, allowPrivate] of cases) {
          const { context, logged } = contextWith(allowPrivate);
          const settings = channel.config.parse(kit.config(root)) as Record<string, unknown>;
          const session = await channel.open(accountOf(channel, settings), context);
          if (double) double.requests.length = 0;
          const result = await session.send({
            key: 'key-1',
            chat: kit.chat,
            content: { kind: 'text', text: 'Hello' },
          });
          expect(result.status).toBe('deferred');
          expect(double?.requests).toEqual([]);
          const connection = await session.check();
          const seen = JSON.stringify([result, connection, logged]);
          for (const name of kit.secrets)
            expect(seen, name).not.toContain(String(settings[name] ?? '\u0000'));
          await session.close();
        }
      });
    });
  },
);
