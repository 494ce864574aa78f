import { describe, expect, it } from 'vitest';
import { composer } from '../../../flows/composed/index.ts';
import { flowScript } from '../../../src/contract/composed.ts';
import type { FlowScript, FlowStep } from '../../../src/contract/composed.ts';
import {
  freshId,
  insertStep,
  isReached,
  KINDS,
  moveStep,
  nameOf,
  newStep,
  removeStep,
  summaryOf,
} from './steps.ts';
import { TEMPLATES } from './templates.ts';

const say = (id: string, more: Partial<FlowStep> = {}): FlowStep =>
  ({ ...newStep('say', id), text: id, ...more }) as FlowStep;
const ids = (steps: readonly FlowStep[]) => steps.map(({ id }) => id).join('');

describe('templates', () => {
  it.each(Object.entries(TEMPLATES))('can go live as they are: %s', (name, make) => {
    const script: FlowScript = make();
    expect(flowScript.parse(script)).toEqual(script);
    const messages = composer.problems(script).map(({ message }) => message);
    expect(messages).toEqual(name === 'empty' ? ['Add at least one step.'] : []);
  });
});

describe('a list of steps', () => {
  it('begins each kind with what the server takes', () => {
    for (const kind of KINDS) {
      const step = newStep(kind, 's1');
      expect(flowScript.parse({ begins: 'opened', steps: [step] }).steps).toEqual([step]);
    }
  });

  it('gives ids that nobody has and nobody leads to', () => {
    expect(freshId([])).toBe('s1');
    expect(freshId([say('s2', { next: 's7' }), say('x')])).toBe('s8');
  });

  it('takes in, moves and lets go of steps; what led to one that is gone leads on', () => {
    const steps = [say('a', { next: 'c' }), say('b'), say('c'), say('d', { next: 'b' })];
    expect(ids(insertStep(steps, 1, say('x')))).toBe('axbcd');
    expect(ids(moveStep(steps, 2, -1))).toBe('acbd');
    expect(ids(moveStep(steps, 0, 1))).toBe('bacd');
    expect(removeStep(steps, 2)).toMatchObject([{ next: 'd' }, {}, { next: 'b' }]);
    expect(removeStep([say('a', { next: 'b' }), say('b')], 1)).toMatchObject([{ next: 'end' }]);
  });

  it('knows what nothing leads to', () => {
    const steps = [say('a', { next: 'c' }), say('b'), say('c')];
    expect(steps.map((_, at) => isReached(steps, at))).toEqual([true, false, true]);
    const round = [say('a'), newStep('people', 'p'), say('b', { next: 'b' })];
    expect(round.map((_, at) => isReached(round, at))).toEqual([true, true, false]);
  });

  it('says what a step does', () => {
    const steps: FlowStep[] = [
      {
        ...newStep('ask', 'a'),
        options: [
          { label: 'Prices', next: 'c' },
          { label: '', next: 'end' },
        ],
      },
      { ...newStep('branch', 'b'), fact: 'language', value: 'de', yes: 'next', no: 'gone' },
      say('c', { next: 'a', name: ' Third ' }),
    ];
    expect(steps.map((_, at) => summaryOf(steps, at))).toEqual([
      'Prices → 3 · … → end · no answer → 2',
      'If the customer’s language is de: if so → 3 · if not → A step that is gone',
      'c → 1',
    ]);
    expect(steps.map(nameOf)).toEqual(['Ask with buttons', 'Condition', 'Third']);
  });
});
