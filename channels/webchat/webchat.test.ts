import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Visitor, VisitorFrame } from '../../src/contract/channel.ts';
import { webchatConfig } from './config.ts';
import webchat from './index.ts';
import { parseFrame } from './parse.ts';

interface Fixture {
  frame: VisitorFrame;
  visitor: Visitor;
  now: string;
  events: unknown;
}
const folder = new URL('./fixtures/inbound/', import.meta.url);

describe('the frames of a visitor', () => {
  test.each(fs.readdirSync(folder))('%s means what its fixture says', (name) => {
    const fixture = JSON.parse(fs.readFileSync(new URL(name, folder), 'utf8')) as Fixture;
    const events = parseFrame(fixture.frame, fixture.visitor, new Date(fixture.now));
    expect(JSON.parse(JSON.stringify(events))).toEqual(fixture.events);
  });

  test('a repeated message is the same event, at whatever time it comes', () => {
    const visitor: Visitor = { id: 'v-1', proof: 'claimed' };
    const frame: VisitorFrame = { type: 'message', clientId: 'c-1', text: 'Hi' };
    const [first] = parseFrame(frame, visitor, new Date(1));
    const [second] = parseFrame(frame, visitor, new Date(2));
    expect(first?.id).toBe(second?.id);
  });
});

describe('the settings', () => {
  test('nothing has to be filled in', () => {
    const config = webchatConfig.parse({});
    expect(webchat.visitor?.appearance(config)).toMatchObject({
      title: '',
      consent: '',
      color: '#2563eb',
    });
    expect(webchat.visitor?.identitySecrets(config)).toEqual([]);
  });

  test('a secret is made when none is given, and a given one stays', () => {
    const made = webchat.complete?.({}, (bytes) => 'x'.repeat(bytes));
    expect(made?.identitySecret).toHaveLength(32);
    expect(webchat.complete?.({ identitySecret: 'mine' }, () => 'other')?.identitySecret).toBe(
      'mine',
    );
  });

  test('what anybody may see holds no secret', () => {
    const config = webchatConfig.parse({ identitySecret: 'a-very-secret-secret' });
    expect(JSON.stringify(webchat.visitor?.appearance(config))).not.toContain(
      'a-very-secret-secret',
    );
  });

  test.each([
    'https://shop.example/path',
    'shop.example',
    '*',
    'https://*',
    'javascript:alert(1)',
    'https://a.example; script-src *',
  ])('refuses %s as an origin: it would end up in a header', (origin) => {
    expect(webchatConfig.safeParse({ allowedOrigins: [origin] }).success).toBe(false);
  });

  test.each(['red', '#12', 'url(x)'])('refuses %s as a colour', (color) => {
    expect(webchatConfig.safeParse({ color }).success).toBe(false);
  });
});

test('a message is sent as soon as it is stored, under the same id however often it is sent', async () => {
  const session = await webchat.open(
    { id: 'a', name: 'Site', role: 'line', config: webchatConfig.parse({}), webhookUrl: '' },
    {
      fetch: () => Promise.reject(new Error('A widget has nobody to call.')),
      log: { info: () => {}, warn: () => {} },
      now: () => new Date(),
      accept: () => Promise.resolve({ accepted: 0, duplicates: 0 }),
    },
  );
  const message = { key: 'k-1', chat: 'v-1', content: { kind: 'text', text: 'Hi' } } as const;
  expect(await session.send(message)).toEqual({ status: 'sent', providerIds: ['k-1'] });
  expect(await session.send(message)).toEqual(await session.send(message));
  expect((await session.check()).status).toBe('connected');
});
