import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';
import type { FlowVersionView } from '../../../contract/wire.ts';

let web: TestWeb;
let admin: TestBrowser;
let supervisor: TestBrowser;
let otto: TestBrowser;
let lineId: string;
beforeAll(async () => {
  web = await openTestWeb();
  [admin, supervisor, otto] = await Promise.all([
    web.browser('Ada', 'administrator'),
    web.browser('Sue', 'supervisor'),
    web.browser('Otto', 'operator'),
  ]);
  lineId = (await admin.call('POST', '/lines', { name: 'Shop' })).body.id;
});
afterAll(() => web.close());

const hello = (text: string, more: object = {}) => ({
  begins: 'opened',
  steps: [{ id: 'hi', name: 'Hello', kind: 'say', text, ...more }],
});
const make = async (name: string, draft: object = hello('Hi!')) =>
  (await admin.call('POST', '/flows', { name, draft })).body;
const publish = (id: string, body: object) => admin.call('POST', `/flows/${id}/publish`, body);

describe('composed flows', () => {
  it('are made, changed, published in versions, and brought back', async () => {
    const made = await admin.call('POST', '/flows', { name: ' Welcome ', draft: hello('One.') });
    expect([made.status, made.body.name, made.body.published]).toEqual([201, 'Welcome', null]);
    const { id } = made.body;
    const first = await publish(id, { rev: made.body.rev, note: 'The first.' });
    expect(first.body).toMatchObject({
      changed: false,
      published: { number: 1, note: 'The first.', by: { name: 'Ada' } },
    });
    const changed = await admin.call('PATCH', `/flows/${id}`, {
      rev: first.body.rev,
      draft: hello('Two.'),
    });
    expect(changed.body).toMatchObject({ changed: true, published: { number: 1 } });
    const second = await publish(id, { rev: changed.body.rev });
    const third = await publish(id, { rev: second.body.rev, from: 1 });
    expect(third.body).toMatchObject({
      changed: false,
      published: { number: 3 },
      draft: { steps: [{ text: 'One.' }] },
    });
    const versions = (await supervisor.call('GET', `/flows/${id}/versions?limit=2`)).body;
    expect(
      versions.items.map(({ number, script }: Pick<FlowVersionView, 'number' | 'script'>) => [
        number,
        script.steps.flatMap((step) => ('text' in step ? step.text : [])).join(),
      ]),
    ).toEqual([
      [3, 'One.'],
      [2, 'Two.'],
    ]);
    const rest = await supervisor.call(
      'GET',
      `/flows/${id}/versions?cursor=${versions.nextCursor}`,
    );
    expect([rest.body.items.length, rest.body.nextCursor]).toEqual([1, null]);
    const audit = (await admin.call('GET', '/audit')).body.items;
    expect(audit.map(({ detail }: { detail: string }) => detail)).toEqual(
      expect.arrayContaining([
        'Made the flow "Welcome".',
        'Changed the draft of the flow "Welcome".',
        'Published version 3 of the flow "Welcome", which is version 1 again.',
      ]),
    );
  });

  it('are read by supervisors and changed by administrators', async () => {
    const { id, rev } = await make('Rights');
    expect((await supervisor.call('GET', `/flows/${id}`)).status).toBe(200);
    expect((await otto.call('GET', '/flows')).status).toBe(403);
    for (const [method, path, body] of [
      ['POST', '/flows', { name: 'x' }],
      ['PATCH', `/flows/${id}`, { rev, name: 'x' }],
      ['POST', `/flows/${id}/publish`, { rev }],
      ['DELETE', `/flows/${id}`, undefined],
    ] as const)
      expect((await supervisor.call(method, path, body)).status).toBe(403);
  });

  it('are not changed or published over a colleague’s change', async () => {
    const { id, rev } = await make('Two at once');
    await admin.call('PATCH', `/flows/${id}`, { rev, name: 'Mine' });
    for (const answer of [
      await admin.call('PATCH', `/flows/${id}`, { rev, draft: hello('Yours') }),
      await publish(id, { rev }),
    ])
      expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([
        409,
        'conflict',
        'A colleague has changed "Mine" meanwhile.',
      ]);
    const both = await Promise.all([publish(id, { rev: rev + 1 }), publish(id, { rev: rev + 1 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const versions = (await admin.call('GET', `/flows/${id}/versions`)).body.items;
    expect(versions).toHaveLength(1);
  });

  it('are not published while something is wrong, and the step is named', async () => {
    const { id, rev, problems } = await make('Wrong', hello('x', { next: 'gone' }));
    expect(problems).toEqual([
      { step: 0, field: 'next', message: 'Leads to a step that is not there.' },
    ]);
    const answer = await publish(id, { rev });
    expect([answer.status, answer.body.error.field, answer.body.error.message]).toEqual([
      422,
      'steps.0.next',
      'Step 1 "Hello": Leads to a step that is not there.',
    ]);
    const lost = await make('Lost line', {
      begins: 'opened',
      steps: [{ id: 'a', kind: 'line', lineId: '0123456789abcdef01234567' }],
    });
    expect((await publish(lost.id, { rev: lost.rev })).body.error).toMatchObject({
      field: 'steps.0.lineId',
      message: 'Step 1: The line to go to is not there any more.',
    });
    expect((await admin.call('GET', `/flows/${id}`)).body.published).toBeNull();
  });

  it.each([
    [{ name: ' ' }, 400, 'name'],
    [{ name: 'x', draft: { begins: 'never', steps: [] } }, 400, 'draft.begins'],
    [{ name: 'x', draft: hello('x', { kind: 'dance' }) }, 400, 'draft.steps.0.kind'],
    [{ name: 'x', draft: hello('x', { id: 'Über' }) }, 400, 'draft.steps.0.id'],
    [{ name: 'x', draft: hello('x', { colour: 'red' }) }, 400, 'draft.steps.0.colour'],
    [{ name: 'x', draft: hello('x'.repeat(20_001)) }, 400, 'draft.steps.0.text'],
  ])('%j is refused with %i at %s', async (body, status, field) => {
    const answer = await admin.call('POST', '/flows', body);
    expect([answer.status, answer.body.error.field]).toEqual([status, field]);
  });

  it('stand among the built-in ones for lines, once they are published', async () => {
    const { id, rev } = await make('On a line');
    const put = () =>
      admin.call('PATCH', `/lines/${lineId}`, { flows: [{ name: id, config: {} }] });
    const early = await put();
    expect([early.status, early.body.error.message]).toEqual([
      422,
      'flows.0.name: publish the flow "On a line" first.',
    ]);
    await publish(id, { rev });
    expect((await put()).body.flows).toEqual([{ name: id, config: {} }]);
    const types = (await otto.call('GET', '/flow-types')).body.items;
    expect(types.find(({ name }: { name: string }) => name === id)).toMatchObject({
      ...{ title: 'On a line', version: 1, begins: 'opened', composed: true },
      schema: { properties: {} },
    });
    expect((await admin.call('GET', `/flows/${id}`)).body.lines).toEqual([
      { id: lineId, name: 'Shop' },
    ]);
    const kept = await admin.call('DELETE', `/flows/${id}`);
    expect([kept.status, kept.body.error.message]).toEqual([
      422,
      '"Shop" has the flow "On a line". Take it off there first.',
    ]);
    await admin.call('PATCH', `/lines/${lineId}`, { flows: [] });
    expect((await admin.call('DELETE', `/flows/${id}`)).status).toBe(204);
    expect((await admin.call('GET', `/flows/${id}`)).status).toBe(404);
    expect((await put()).body.error.field).toBe('flows.0.name');
  });
});

describe('a simulation', () => {
  const script = {
    begins: 'opened',
    steps: [
      { id: 'open', kind: 'branch', fact: 'open', yes: 'next', no: 'closed' },
      {
        ...{ id: 'what', kind: 'contact', field: 'email', text: 'E-mail?', again: 'Really?' },
        ...{ otherwise: 'people' },
      },
      { id: 'people', kind: 'people', text: 'One moment.' },
      { id: 'closed', kind: 'say', text: 'We are closed.' },
    ],
  };
  const simulate = async (body: object, who = supervisor) =>
    who.call('POST', '/flows/simulate', { script, ...body });

  it('plays a talk, and keeps nothing', async () => {
    const before = (await admin.call('GET', '/flows')).body.items.length;
    const { status, body } = await simulate({
      events: [
        { kind: 'text', text: 'no' },
        { kind: 'text', text: 'a@b.co' },
        { kind: 'text', text: 'too late' },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ problems: [], applies: true, holds: true });
    expect(body.turns).toEqual([
      {
        event: null,
        effects: [
          { do: 'say', text: 'E-mail?' },
          { do: 'wait', ms: 900_000 },
        ],
        ...{ at: 'what', done: false, passed: false, ran: null },
      },
      {
        event: { kind: 'text', text: 'no' },
        effects: [
          { do: 'say', text: 'Really?' },
          { do: 'wait', ms: 900_000 },
        ],
        ...{ at: 'what', done: false, passed: false, ran: null },
      },
      {
        event: { kind: 'text', text: 'a@b.co' },
        effects: [
          { do: 'set-contact', field: 'email', value: 'a@b.co' },
          { do: 'say', text: 'One moment.' },
          { do: 'queue' },
        ],
        ...{ at: null, done: true, passed: false, ran: null },
      },
    ]);
    expect((await admin.call('GET', '/flows')).body.items.length).toBe(before);
  });

  it('goes by the facts it is given, by the clock, and ends at a person’s answer', async () => {
    const closed = await simulate({ facts: { lineOpen: false } });
    expect(closed.body.turns).toMatchObject([
      { effects: [{ text: 'We are closed.' }], done: true },
    ]);
    const silent = await simulate({ events: [{ kind: 'timeout' }] });
    expect(silent.body.turns[1].effects).toEqual([
      { do: 'say', text: 'One moment.' },
      { do: 'queue' },
    ]);
    const answered = await simulate({ events: [{ kind: 'answered' }, { kind: 'timeout' }] });
    expect(answered.body.turns).toMatchObject([{ done: false }, { effects: [], done: true }]);
  });

  it('works while it is half written, and says what is missing', async () => {
    const { body } = await simulate({ script: hello('', { next: 'gone' }) });
    expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(['text', 'next']);
    expect(body.turns).toMatchObject([{ effects: [{ do: 'queue' }], done: true }]);
    const nothing = await simulate({ script: { begins: 'opened', steps: [] } });
    expect(nothing.body).toMatchObject({ applies: false, turns: [] });
  });

  it.each([
    [{ events: [{ kind: 'dance' }] }, 'events.0.kind'],
    [{ facts: { colour: 1 } }, 'facts.colour'],
    [{ script: { begins: 'opened' } }, 'script.steps'],
  ])('%j is refused at %s', async (body, field) => {
    const answer = await simulate(body);
    expect([answer.status, answer.body.error.field]).toEqual([400, field]);
  });

  it('is not for operators', async () => {
    expect((await simulate({}, otto)).status).toBe(403);
  });
});
