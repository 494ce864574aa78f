import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Capabilities, MediaKind } from '../../contract/capabilities.ts';
import type { OutboundFile } from '../../contract/outbound.ts';
import { plan } from './plan.ts';
import type { Wanted } from './plan.ts';

const all: Capabilities = {
  text: { max: 100, unit: 'utf16', formatting: true },
  media: {
    image: { maxBytes: 1_000, types: ['image/*'], caption: 40 },
    video: { maxBytes: 1_000, caption: 40 },
    file: { maxBytes: 5_000, caption: 40 },
    voice: { maxBytes: 1_000, caption: 0 },
  },
  album: { max: 3 },
  card: { maxButtons: 3, maxLabel: 8, maxTokenBytes: 64 },
  replyWindow: null,
  canInitiate: true,
  idempotentSend: false,
  receipts: [],
  quotes: true,
  reactions: null,
  location: true,
  actions: [],
};
const now = new Date('2026-11-02T10:00:00Z');
const facts = { lastCustomerAt: now, now };
const nothing: Wanted = { text: '', marks: [], files: [], buttons: [] };

const file = (name: string, size: number, mime = 'image/png'): OutboundFile => ({
  id: name,
  name,
  mime,
  size,
  open: () => Readable.from([]),
  url: () => `https://files.example/${name}`,
});
const files = (...list: [MediaKind, OutboundFile][]): Wanted['files'] =>
  list.map(([kind, one]) => ({ kind, file: one }));
const steps = (wanted: Partial<Wanted>, capabilities: Capabilities = all) => {
  const planned = plan({ ...nothing, ...wanted }, capabilities, facts);
  if (planned.status !== 'ok') throw new Error(planned.detail);
  return planned.steps;
};

describe('planning a send', () => {
  it('sends a short text as it is, with its marks', () => {
    const marks = [{ type: 'bold' as const, offset: 0, length: 2 }];
    expect(steps({ text: 'hi there', marks })).toEqual([{ kind: 'text', text: 'hi there', marks }]);
  });

  it('drops marks where a channel has none, and keeps the address of a link', () => {
    const plainText = { ...all, text: { ...all.text, formatting: false } };
    expect(
      steps(
        {
          text: 'our shop',
          marks: [{ type: 'link', offset: 4, length: 4, url: 'https://s.example' }],
        },
        plainText,
      ),
    ).toEqual([{ kind: 'text', text: 'our shop (https://s.example)' }]);
  });

  it('splits a long text', () => {
    expect(steps({ text: 'word '.repeat(50) }).map((step) => step.kind)).toEqual([
      'text',
      'text',
      'text',
    ]);
  });

  it('hangs buttons under the last piece and shortens their labels between characters', () => {
    const planned = steps({
      text: `${'a'.repeat(100)} end`,
      buttons: [{ label: 'Tell me more', token: 't1' }],
    });
    expect(planned.at(-1)).toEqual({
      kind: 'card',
      text: 'end',
      buttons: [{ label: 'Tell me…', token: 't1' }],
    });
  });

  it('numbers buttons where a channel has none, or has too few', () => {
    const buttons = [
      { label: 'Yes', token: 'y' },
      { label: 'Shop', url: 'https://s.example' },
    ];
    expect(steps({ text: 'Well?', buttons }, { ...all, card: null })).toEqual([
      { kind: 'text', text: 'Well?\n1. Yes\n2. Shop: https://s.example' },
    ]);
    const four = ['a', 'b', 'c', 'd'].map((label) => ({ label, token: label }));
    expect(steps({ text: 'Which?', buttons: four })[0]).toMatchObject({ kind: 'text' });
  });

  it('uses a short text as the caption of the first file, and a long one as a text before it', () => {
    expect(steps({ text: 'look', files: files(['image', file('a.png', 10)]) })).toMatchObject([
      { kind: 'image', caption: 'look' },
    ]);
    expect(
      steps({ text: 'l'.repeat(60), files: files(['image', file('a.png', 10)]) }).map(
        (step) => step.kind,
      ),
    ).toEqual(['text', 'image']);
  });

  it("groups pictures and films into albums of the channel's size, and leaves voice alone", () => {
    const five = files(
      ['image', file('1.png', 1)],
      ['video', file('2.mp4', 1, 'video/mp4')],
      ['image', file('3.png', 1)],
      ['image', file('4.png', 1)],
      ['voice', file('5.ogg', 1, 'audio/ogg')],
    );
    const planned = steps({ files: five });
    expect(planned.map((step) => (step.kind === 'album' ? step.items.length : step.kind))).toEqual([
      3,
      'image',
      'voice',
    ]);
  });

  it('sends what is too large or of a foreign kind as a file, and what is too large for that as a link', () => {
    expect(steps({ files: files(['image', file('big.png', 2_000)]) })[0]).toMatchObject({
      kind: 'file',
    });
    expect(steps({ files: files(['audio', file('song.mp3', 10, 'audio/mpeg')]) })[0]).toMatchObject(
      { kind: 'file' },
    );
    expect(steps({ text: 'here', files: files(['image', file('huge.png', 9_000)]) })).toEqual([
      { kind: 'text', text: 'here\nhuge.png: https://files.example/huge.png' },
    ]);
  });

  it('sends a location as text where a channel has none', () => {
    expect(
      steps(
        { location: { latitude: 1.5, longitude: 2, title: 'Shop' } },
        { ...all, location: false },
      ),
    ).toEqual([{ kind: 'text', text: 'Shop: geo:1.5,2' }]);
  });

  it('refuses after the reply window, and says so', () => {
    const windowed: Capabilities = {
      ...all,
      replyWindow: { hours: 24, after: 'customer-message' },
    };
    const at = (hours: number) => ({
      lastCustomerAt: new Date(now.getTime() - hours * 3_600_000),
      now,
    });
    expect(plan({ ...nothing, text: 'hi' }, windowed, at(23.9)).status).toBe('ok');
    expect(plan({ ...nothing, text: 'hi' }, windowed, at(24))).toMatchObject({
      status: 'refused',
      reason: 'window-closed',
    });
  });

  it('refuses to write first where only the customer may', () => {
    const refused = plan(
      { ...nothing, text: 'hi' },
      { ...all, canInitiate: false },
      { lastCustomerAt: null, now },
    );
    expect(refused).toMatchObject({ status: 'refused', reason: 'no-such-chat' });
  });

  it('refuses an empty message instead of sending nothing', () => {
    expect(plan({ ...nothing, text: ' \n ' }, all, facts)).toMatchObject({ status: 'refused' });
  });
});
