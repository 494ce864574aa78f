import type {
  FlowStep,
  FlowStepKind,
  FlowStepOf,
  FlowTarget,
} from '../../../src/contract/composed.ts';
import { text } from '../text/index.ts';
import type { IconName } from '../ui/icon.tsx';

const words = text.flows;

/** All kinds of steps, in the order in which they are offered. */
export const KINDS: readonly FlowStepKind[] = [
  ...(['say', 'ask', 'contact', 'consent', 'rate', 'wait', 'branch', 'tag'] as const),
  ...(['people', 'line', 'close'] as const),
];
export const KIND_ICONS: Record<FlowStepKind, IconName> = {
  say: 'chat',
  ask: 'list',
  contact: 'person',
  consent: 'check',
  rate: 'smile',
  wait: 'clock',
  branch: 'skip',
  tag: 'tag',
  people: 'people',
  line: 'assign',
  close: 'done',
};

const question = { text: '', again: '', tries: 2, minutes: 15, otherwise: 'next' };
const BLANK: { [K in FlowStepKind]: Omit<FlowStepOf<K>, 'id' | 'name'> } = {
  say: { kind: 'say', text: '', next: 'next' },
  ask: { ...question, kind: 'ask', options: [{ label: '', next: 'next' }] },
  contact: {
    ...{ ...question, kind: 'contact', field: 'email', skip: '', countryCode: '' },
    ...{ known: 'skip', next: 'next' },
  },
  consent: { ...question, kind: 'consent', agree: '', refuse: '', next: 'next' },
  rate: { ...question, kind: 'rate', scale: 'five', comment: '', next: 'next' },
  wait: { kind: 'wait', minutes: 5, heard: 'stay', unanswered: false, next: 'next' },
  branch: { kind: 'branch', fact: 'open', value: '', yes: 'next', no: 'end' },
  tag: { kind: 'tag', tag: '', next: 'next' },
  people: { kind: 'people', text: '' },
  line: { kind: 'line', text: '', lineId: '' },
  close: { kind: 'close', text: '', outcome: 'done' },
};

/** A step of a kind with nothing filled in. */
export function newStep<K extends FlowStepKind>(kind: K, id: string): FlowStepOf<K> {
  return { id, name: '', ...structuredClone(BLANK[kind]) } as unknown as FlowStepOf<K>;
}

/** The step with every target changed. */
function withTargets(step: FlowStep, change: (target: FlowTarget) => FlowTarget): FlowStep {
  const changed = { ...step };
  if ('next' in changed) changed.next = change(changed.next);
  if ('otherwise' in changed) changed.otherwise = change(changed.otherwise);
  if (changed.kind === 'wait') changed.heard = change(changed.heard);
  if (changed.kind === 'branch') {
    changed.yes = change(changed.yes);
    changed.no = change(changed.no);
  }
  if (changed.kind === 'ask')
    changed.options = changed.options.map((option) => ({ ...option, next: change(option.next) }));
  return changed;
}

function targetsOf(step: FlowStep): FlowTarget[] {
  const found: FlowTarget[] = [];
  withTargets(step, (target) => {
    found.push(target);
    return target;
  });
  return found;
}

/** An id that no step has or leads to. */
export function freshId(steps: readonly FlowStep[]): string {
  const used = steps.flatMap((step) => [step.id, ...targetsOf(step)]);
  const numbers = used.map((id) => Number(/^s(\d+)$/.exec(id)?.[1] ?? 0));
  return `s${Math.max(0, ...numbers) + 1}`;
}

/** The list with a step put in at a place. */
export function insertStep(steps: readonly FlowStep[], at: number, step: FlowStep): FlowStep[] {
  return [...steps.slice(0, at), step, ...steps.slice(at)];
}

/** The list with a step one place further up (-1) or down (1). */
export function moveStep(steps: readonly FlowStep[], from: number, by: 1 | -1): FlowStep[] {
  const moved = [...steps];
  const [step] = moved.splice(from, 1);
  if (step) moved.splice(from + by, 0, step);
  return moved;
}

/** The list without a step; what led to it leads to the one below. */
export function removeStep(steps: readonly FlowStep[], at: number): FlowStep[] {
  const gone = steps[at]?.id;
  const heir = steps[at + 1]?.id ?? 'end';
  return steps
    .filter((_, index) => index !== at)
    .map((step) => withTargets(step, (target) => (target === gone ? heir : target)));
}

/** What people call a step. */
export function nameOf(step: FlowStep): string {
  return step.name.trim() || words.kind[step.kind][0] || step.kind;
}

/** A step's place and name. */
export const placed = (step: FlowStep, index: number): string => `${index + 1}. ${nameOf(step)}`;

/** Whether the first step leads to this one, over others or not. */
export function isReached(steps: readonly FlowStep[], at: number): boolean {
  const seen = new Set<number>();
  const next = [0];
  for (let place = next.pop(); place !== undefined; place = next.pop()) {
    const step = steps[place];
    if (!step || seen.has(place)) continue;
    if (place === at) return true;
    seen.add(place);
    for (const target of targetsOf(step))
      next.push(target === 'next' ? place + 1 : steps.findIndex(({ id }) => id === target));
  }
  return false;
}

/** Where a target leads, in a word or two. */
function leadsTo(steps: readonly FlowStep[], from: number, target: FlowTarget): string {
  const place = target === 'next' ? from + 1 : steps.findIndex(({ id }) => id === target);
  const step = steps[place];
  if (target === 'end' || (target === 'next' && !step)) return words.outline.end;
  return step ? String(place + 1) : words.target.gone;
}

/** What a step does, in a line. */
export function summaryOf(steps: readonly FlowStep[], at: number): string {
  const step = steps[at];
  if (!step) return '';
  const to = (label: string, target: FlowTarget) =>
    words.outline.to(label, leadsTo(steps, at, target));
  if (step.kind === 'ask')
    return [
      ...step.options.map(({ label, next }) => to(label || '…', next)),
      to(words.outline.otherwise, step.otherwise),
    ].join(' · ');
  if (step.kind === 'branch') {
    const { fact, value } = step;
    const what = words.field.facts[fact].replace('…', value || '…');
    const [yes, no] = [words.field.yes, words.field.no].map((word) => word.toLowerCase());
    return `${words.field.fact} ${what}: ${to(yes ?? '', step.yes)} · ${to(no ?? '', step.no)}`;
  }
  const said = 'text' in step ? step.text : '';
  const way = 'next' in step && step.next !== 'next' ? ` → ${leadsTo(steps, at, step.next)}` : '';
  const more: Partial<Record<FlowStepKind, () => string>> = {
    wait: () => ('minutes' in step ? words.try.minutes(step.minutes ?? 0) : ''),
    tag: () => (step.kind === 'tag' ? step.tag : ''),
    close: () => (step.kind === 'close' ? [said, step.outcome].filter(Boolean).join(' · ') : ''),
  };
  return `${more[step.kind]?.() ?? said}${way}`;
}
