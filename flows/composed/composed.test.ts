import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { playing } from '../../test/harness/flow.ts';
import { flowScript } from '../../src/contract/composed.ts';
import type { FlowScript } from '../../src/contract/composed.ts';
import type { FlowEvent, FlowFacts } from '../../src/contract/flow.ts';
import { composer } from './index.ts';

const script = (steps: unknown[], more: Partial<FlowScript> = {}): FlowScript =>
  flowScript.parse({ begins: 'opened', ...more, steps });
const flowOf = (given: FlowScript) =>
  composer.compose({ name: 'f', version: 1, title: 'F', script: given });
const play = (steps: unknown[], facts: Partial<FlowFacts> = {}, more: Partial<FlowScript> = {}) =>
  playing(flowOf(script(steps, more)), {}, facts);
const said = (text: string) => ({ do: 'say', text });
const wait = (minutes: number) => ({ do: 'wait', ms: minutes * 60_000 });

const MENU = [
  { id: 'hi', kind: 'say', text: 'Welcome!' },
  {
    ...{ id: 'what', kind: 'ask', text: 'What is it about?', again: 'One of these, please:' },
    ...{ minutes: 10, tries: 2, otherwise: 'people' },
    options: [
      { label: 'Prices', next: 'mail' },
      { label: 'Hours', next: 'hours' },
      { label: 'Nothing', next: 'bye' },
    ],
  },
  { id: 'hours', kind: 'say', text: 'Nine to five.', next: 'what' },
  { id: 'bye', kind: 'close', text: 'Goodbye.', outcome: 'done' },
  { id: 'mail', kind: 'contact', field: 'email', text: 'Your e-mail?', again: 'Like a@b.co?' },
  { id: 'tag', kind: 'tag', tag: 'prices' },
  { id: 'people', kind: 'people', text: 'One moment.' },
];
const menu = {
  ...said('What is it about?'),
  buttons: [
    { label: 'Prices', value: 'what:0' },
    { label: 'Hours', value: 'what:1' },
    { label: 'Nothing', value: 'what:2' },
  ],
};

describe('a composed flow', () => {
  it('goes from step to step until one waits, and keeps operators out if it is told to', () => {
    const talk = play(MENU);
    expect([talk.applies, talk.holds]).toEqual([true, true]);
    expect(talk.begin()).toEqual([said('Welcome!'), menu, wait(10)]);
    expect(talk.state.at).toBe('what');
    expect(play(MENU, {}, { holds: false }).holds).toBe(false);
    expect(composer.problems(script(MENU))).toEqual([]);
  });

  it.each([
    ['press', 'what:1'],
    ['write', '2'],
    ['write', ' hours '],
  ] as const)('takes an answer: %s %j', (how, words) => {
    const talk = play(MENU);
    talk.begin();
    expect(talk[how](words)).toEqual([said('Nine to five.'), menu, wait(10)]);
  });

  it('asks again in its own words, then goes on as for silence', () => {
    const talk = play(MENU);
    talk.begin();
    expect(talk.write('what?')).toEqual([{ ...menu, text: 'One of these, please:' }, wait(10)]);
    expect(talk.write('what??')).toEqual([said('One moment.'), { do: 'queue' }]);
    expect(talk.done).toBe(true);
  });

  it('does not take the button of an older question for an answer', () => {
    const talk = play(MENU);
    talk.begin();
    expect(talk.press('mail:0')).toMatchObject([{ text: 'One of these, please:' }, {}]);
  });

  it('asks, tags and hands over', () => {
    const talk = play(MENU);
    talk.begin();
    expect(talk.write('Prices')).toEqual([said('Your e-mail?'), wait(15)]);
    expect(talk.write('no')).toEqual([said('Like a@b.co?'), wait(15)]);
    expect(talk.write('A@B.co')).toEqual([
      { do: 'set-contact', field: 'email', value: 'a@b.co' },
      { do: 'tag', tag: 'prices' },
      said('One moment.'),
      { do: 'queue' },
    ]);
    expect(talk.done).toBe(true);
  });

  it('does not ask for what is known', () => {
    const talk = play(MENU, { contact: { hasName: false, hasPhone: false, hasEmail: true } });
    talk.begin();
    expect(talk.write('Prices')).toEqual([
      { do: 'tag', tag: 'prices' },
      said('One moment.'),
      { do: 'queue' },
    ]);
  });

  it('closes with an outcome', () => {
    const talk = play(MENU);
    talk.begin();
    expect(talk.press('what:2')).toEqual([said('Goodbye.'), { do: 'close', outcome: 'done' }]);
    expect(talk.done).toBe(true);
  });

  it.each([
    ['open', '', { lineOpen: false }],
    ['first', '', { firstContact: false }],
    ['free', '', { operatorsFree: 0 }],
    ['email', '', {}],
    ['language', 'de', { language: 'den' }],
    ['outcome', 'won', { outcome: 'lost' }],
  ])('branches on %s %s: no with %j', (fact, value, facts) => {
    const steps = [
      { id: 'if', kind: 'branch', fact, value, yes: 'y', no: 'n' },
      { id: 'y', kind: 'say', text: 'yes', next: 'end' },
      { id: 'n', kind: 'say', text: 'no' },
    ];
    const yes = {
      contact: { hasName: true, hasPhone: true, hasEmail: true },
      ...{ language: 'de-AT', outcome: 'Won' },
    };
    expect(play(steps, yes).begin()).toEqual([said('yes')]);
    expect(play(steps, facts).begin()).toEqual([said('no')]);
  });

  it('knows at once what it has just been told', () => {
    const talk = play([
      { id: 'a', kind: 'contact', field: 'name', text: 'Name?' },
      { id: 'if', kind: 'branch', fact: 'name', yes: 'end', no: 'next' },
      { id: 'no', kind: 'say', text: 'no' },
    ]);
    talk.begin();
    expect(talk.write('Ann')).toEqual([{ do: 'set-contact', field: 'name', value: 'Ann' }]);
    expect(talk.done).toBe(true);
  });

  it('takes consent, a refusal and a score with its comment', () => {
    const steps = [
      {
        ...{ id: 'c', kind: 'consent', text: 'We keep it.', agree: 'Fine', refuse: 'No' },
        otherwise: 'bye',
      },
      { id: 'r', kind: 'rate', text: 'How?', comment: 'Why?' },
      { id: 'bye', kind: 'say', text: 'Bye.' },
    ];
    const talk = play(steps);
    talk.begin();
    expect(talk.write('fine')).toMatchObject([{ do: 'consent', text: 'We keep it.' }, {}, {}]);
    expect(talk.press('r:2')).toMatchObject([{ do: 'rate', score: 2 }, said('Why?'), {}]);
    expect(talk.write('Slow.')).toEqual([{ do: 'rate', score: 2, comment: 'Slow.' }, said('Bye.')]);
    for (const no of ['2', 'no']) {
      const other = play(steps);
      other.begin();
      expect(other.write(no)).toEqual([said('Bye.')]);
    }
  });

  it('waits, and goes on by the clock, by a word, or when nobody answers', () => {
    const steps = [
      { id: 'w', kind: 'wait', minutes: 5, unanswered: true },
      { id: 's', kind: 'say', text: 'Sorry.', next: 'end' },
      { id: 'h', kind: 'say', text: 'I heard.' },
    ];
    const queued = { begins: 'queued' } as const;
    const talk = play(steps, {}, queued);
    expect(talk.holds).toBe(false);
    expect(talk.begin()).toEqual([wait(5)]);
    expect(talk.write('hello?')).toBe('pass');
    expect(talk.unanswered()).toEqual([said('Sorry.')]);
    const second = play(steps, {}, queued);
    second.begin();
    expect(second.wait()).toEqual([said('Sorry.')]);
    const third = play([{ ...steps[0], heard: 'h' }, ...steps.slice(1)], {}, queued);
    third.begin();
    expect(third.write('hello?')).toEqual([said('I heard.')]);
  });

  it('hands over at once to who asks for a person, whatever is asked', () => {
    const calling = { callWords: ['Human', 'a person'] };
    const steps = [
      { id: 'n', kind: 'contact', field: 'name', text: 'Name?' },
      { id: 'w', kind: 'wait', minutes: 5 },
    ];
    for (const said of ['human', ' A Person ']) {
      const talk = play(steps, {}, calling);
      talk.begin();
      expect(talk.write(said)).toEqual([{ do: 'queue' }]);
      expect(talk.done).toBe(true);
    }
    const waiting = play(steps, {}, calling);
    waiting.begin();
    waiting.write('Ann');
    expect(waiting.write('human')).toEqual([{ do: 'queue' }]);
    const clash = script(MENU, { callWords: ['prices', ''] });
    expect(composer.problems(clash)).toEqual([
      {
        ...{ step: null, field: 'callWords' },
        message: 'Each word that calls a person has 1 to 60 characters.',
      },
      {
        ...{ step: 1, field: 'options.0.label' },
        message: 'Whoever types this is handed over: it is a word that calls a person.',
      },
    ]);
  });

  it('after the talk lets what is no answer begin a new one', () => {
    const steps = [{ id: 'r', kind: 'rate', text: 'How?' }];
    const talk = play(steps, {}, { begins: 'closed' });
    talk.begin();
    expect(talk.write('One more thing')).toBe('pass');
    expect(talk.done).toBe(true);
    expect(play(steps, { outcome: 'spam' }, { begins: 'closed' }).applies).toBe(false);
  });

  it('gives up on a customer who says nothing, however it was drawn', () => {
    const talk = play([
      { id: 'w', kind: 'wait', minutes: 1, next: 'say' },
      { id: 'say', kind: 'say', text: 'Still there?', next: 'w' },
    ]);
    talk.begin();
    for (let round = 1; round < 20; round++)
      expect(talk.wait()).toEqual([said('Still there?'), wait(1)]);
    expect(talk.wait()).toEqual([{ do: 'queue' }]);
    expect(talk.state.ran).toBe('silent');
  });

  it('stops going round without waiting, and hands over', () => {
    const steps = [
      { id: 'a', kind: 'say', text: 'a', next: 'b' },
      { id: 'b', kind: 'branch', fact: 'open', yes: 'a', no: 'end' },
    ];
    const talk = play(steps);
    expect(talk.begin().at(-1)).toEqual({ do: 'queue' });
    expect(talk.state.ran).toBe('round');
    expect(composer.problems(script(steps))).toEqual([
      { step: 0, field: 'kind', message: 'Comes back to itself without waiting for the customer.' },
      { step: 1, field: 'kind', message: 'Comes back to itself without waiting for the customer.' },
    ]);
  });
});

describe('what keeps a script from going live', () => {
  const problem = (step: object, field: string, message: string) =>
    expect(
      composer
        .problems(
          script([
            { id: 'x', kind: 'say', text: 'x' },
            { id: 'y', ...step },
          ]),
        )
        .filter((one) => one.step === 1),
    ).toEqual([{ step: 1, field, message }]);

  it.each([
    [{ kind: 'say' }, 'text', 'Give the text.'],
    [
      { kind: 'say', text: 'x'.repeat(4001) },
      'text',
      'Give at most 4000 characters; these are 4001.',
    ],
    [{ kind: 'say', text: 'x', next: 'gone' }, 'next', 'Leads to a step that is not there.'],
    [{ kind: 'say', text: 'x', next: 'stay' }, 'next', 'Leads to a step that is not there.'],
    [{ kind: 'say', id: 'x', text: 'x' }, 'id', 'Another step has the id "x".'],
    [{ kind: 'say', id: 'end', text: 'x' }, 'id', '"end" can not be the id of a step.'],
    [{ kind: 'ask', text: 'x', options: [] }, 'options', 'Give at least one answer.'],
    [{ kind: 'ask', text: 'x', options: [{}] }, 'options.0.label', 'Give the label.'],
    [
      { kind: 'ask', text: 'x', options: [{ label: 'A' }, { label: 'a' }] },
      'options.1.label',
      'Two answers have the same label.',
    ],
    [
      { kind: 'ask', text: 'x', options: [{ label: '2' }, { label: 'b' }] },
      'options.0.label',
      'Customers may answer with the place in the list: this number is another one.',
    ],
    [
      { kind: 'ask', text: 'x', options: [{ label: 'A', next: 'gone' }] },
      'options.0.next',
      'Leads to a step that is not there.',
    ],
    [
      { kind: 'ask', text: 'x', options: [{ label: 'A', next: 'y' }], otherwise: 'y' },
      'kind',
      'There is no way out from here: every way leads back.',
    ],
    [
      { kind: 'contact', field: 'name', text: 'x', tries: 6 },
      'tries',
      'Give a whole number from 1 to 5.',
    ],
    [{ kind: 'wait', minutes: null }, 'minutes', 'Give a whole number from 1 to 10080.'],
    [{ kind: 'branch', fact: 'language' }, 'value', 'Give a language like de or pt-BR.'],
    [{ kind: 'line' }, 'lineId', 'Choose the line to go to.'],
    [{ kind: 'close' }, 'outcome', 'Say how the talk ended, like done.'],
    [{ kind: 'tag' }, 'tag', 'Give 1 to 40 characters.'],
    [
      { kind: 'consent', text: 'x', agree: 'OK', refuse: 'ok' },
      'refuse',
      'Both buttons have the same label.',
    ],
  ])('%j: %s', (step, field, message) => problem(step, field, message));

  it('an empty list, and steps that come too late', () => {
    expect(composer.problems(script([]))).toEqual([
      { step: null, field: 'steps', message: 'Add at least one step.' },
    ]);
    const late = script([{ id: 'a', kind: 'people' }], { begins: 'closed' });
    expect(composer.problems(late)).toMatchObject([{ step: 0, field: 'kind' }]);
  });

  it('refuses a step of no known kind, and fields that are none', () => {
    expect(
      flowScript.safeParse({ begins: 'opened', steps: [{ id: 'a', kind: 'dance' }] }).success,
    ).toBe(false);
    expect(
      flowScript.safeParse({ begins: 'opened', steps: [{ id: 'a', kind: 'people', x: 1 }] })
        .success,
    ).toBe(false);
  });
});

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** What steps are made of: whatever there is, or only what may go live. */
interface Material {
  targets: fc.Arbitrary<string>;
  words: fc.Arbitrary<string>;
  numbers: fc.Arbitrary<number | null>;
}
const ANY: Material = {
  targets: fc.constantFrom('next', 'end', 'gone', ...IDS),
  words: fc.constantFrom('', 'x', 'Hello'),
  numbers: fc.constantFrom(1, 2, null),
};
const SOUND: Material = {
  targets: fc.constantFrom('next', 'end', ...IDS),
  words: fc.constantFrom('x', 'Hello'),
  numbers: fc.constantFrom(1, 2),
};
const stepOf = (id: string, { targets, words, numbers }: Material) => {
  const of = <K extends string>(kind: K) => ({ id: fc.constant(id), kind: fc.constant(kind) });
  const question = {
    ...{ text: words, again: words, tries: numbers, minutes: numbers },
    otherwise: targets,
  };
  return fc.oneof(
    fc.record({ ...of('say'), text: words, next: targets }),
    fc.record({
      ...{ ...of('ask'), ...question },
      options: fc.uniqueArray(fc.record({ label: words, next: targets }), {
        ...{ minLength: 1, maxLength: 2 },
        selector: ({ label }) => label,
      }),
    }),
    fc.record({
      ...{ ...of('contact'), ...question, next: targets },
      field: fc.constantFrom('name', 'email'),
      known: fc.constantFrom('skip', 'ask'),
      skip: words,
    }),
    fc.record({ ...of('consent'), ...question, next: targets, agree: words }),
    fc.record({ ...of('rate'), ...question, next: targets, comment: words }),
    fc.record({
      ...{ ...of('wait'), minutes: numbers, next: targets },
      ...{ heard: fc.oneof(targets, fc.constant('stay')), unanswered: fc.boolean() },
    }),
    fc.record({
      ...{ ...of('branch'), yes: targets, no: targets },
      fact: fc.constantFrom('open', 'name', 'email', 'free'),
    }),
    fc.record({
      ...of('line'),
      lineId: words,
    }),
    fc.record({ ...of('close'), outcome: words }),
  );
};
const scriptsOf = (material: Material, begins: fc.Arbitrary<string>) =>
  fc
    .integer({ min: 0, max: IDS.length })
    .chain((count) =>
      fc
        .tuple(begins, ...IDS.slice(0, count).map((id) => stepOf(id, material)))
        .map(([when, ...steps]) => flowScript.parse({ begins: when, steps })),
    );
const scripts = scriptsOf(ANY, fc.constantFrom('opened', 'queued', 'closed'));
const events: fc.Arbitrary<FlowEvent> = fc.oneof(
  fc.constant<FlowEvent>({ kind: 'timeout' }),
  fc.constant<FlowEvent>({ kind: 'unanswered' }),
  fc
    .constantFrom('1', 'x', 'Hello', 'a@b.co', '')
    .map((text): FlowEvent => ({ kind: 'text', text })),
  fc
    .tuple(fc.constantFrom(...IDS), fc.constantFrom('0', 'skip', 'agree', '5'))
    .map(([id, value]): FlowEvent => ({ kind: 'button', value: `${id}:${value}` })),
);
const FACTS: FlowFacts = {
  ...{ firstContact: true, reopened: false, lineOpen: true, operatorsFree: 0, language: null },
  ...{ contact: { hasName: false, hasPhone: false, hasEmail: true }, position: 1, outcome: null },
};

describe('any script at all', () => {
  it('comes to a wait or an end with each turn, whatever the customer does', () => {
    fc.assert(
      fc.property(scripts, fc.array(events, { maxLength: 30 }), (given, happened) => {
        const flow = flowOf(given);
        let state = flow.initial;
        for (const event of [{ kind: 'begin' } as const, ...happened]) {
          const turn = flow.turn(state, event, {}, FACTS);
          expect(turn.effects.length).toBeLessThanOrEqual(205);
          if (turn.done) return;
          if (turn.pass) {
            expect(turn.effects).toEqual([]);
            continue;
          }
          expect(turn.effects.at(-1)?.do).toBe('wait');
          state = flow.state.parse(turn.state);
          expect(given.steps.some(({ id }) => id === state.at)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is over after a while of silence', () => {
    fc.assert(
      fc.property(scripts, (given) => {
        const flow = flowOf(given);
        let turn = flow.turn(flow.initial, { kind: 'begin' }, {}, FACTS);
        for (let count = 0; !turn.done; count++) {
          expect(count).toBeLessThan(20);
          turn = flow.turn(turn.state, { kind: 'timeout' }, {}, FACTS);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never has to be stopped when nothing is wrong with it', () => {
    const live = scriptsOf(SOUND, fc.constantFrom('opened', 'queued'));
    let sound = 0;
    fc.assert(
      fc.property(live, fc.array(events, { maxLength: 12 }), (given, happened) => {
        if (composer.problems(given).length > 0) return;
        sound++;
        const flow = flowOf(given);
        let turn = flow.turn(flow.initial, { kind: 'begin' }, {}, FACTS);
        for (const event of happened) {
          if (turn.done) break;
          turn = flow.turn(turn.state, event, {}, FACTS);
        }
        expect(turn.state.ran).not.toBe('round');
      }),
      { numRuns: 3000 },
    );
    expect(sound).toBeGreaterThan(300);
  });
});
