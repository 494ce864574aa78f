import type {
  FlowScript,
  FlowStep,
  FlowStepKind,
  FlowTarget,
} from '../../src/contract/composed.ts';

/** Where a target leads: a place in the list; `end`: the flow is over; `lost`: nothing is there. */
export type Place = number | 'end' | 'lost';
/** A way out of a step, by the field that says so. */
export interface Way {
  field: string;
  target: FlowTarget;
}

/** Words that are no step's id. */
export const RESERVED: readonly string[] = ['next', 'end', 'stay'];
/** Steps after which something must happen before it goes on. */
const WAITING: ReadonlySet<FlowStepKind> = new Set(['ask', 'contact', 'consent', 'rate', 'wait']);

/** All ways out of a step. */
export function waysOf(step: FlowStep): Way[] {
  const ways: Way[] = [];
  if (step.kind === 'ask')
    for (const [index, { next }] of step.options.entries())
      ways.push({ field: `options.${index}.next`, target: next });
  if (step.kind === 'branch')
    ways.push({ field: 'yes', target: step.yes }, { field: 'no', target: step.no });
  if ('next' in step) ways.push({ field: 'next', target: step.next });
  if ('otherwise' in step) ways.push({ field: 'otherwise', target: step.otherwise });
  if (step.kind === 'wait' && step.heard !== 'stay')
    ways.push({ field: 'heard', target: step.heard });
  return ways;
}

/** The ways that may be gone at once, in the turn that came to the step. */
function waysAtOnce(step: FlowStep): Way[] {
  if (step.kind === 'contact' && step.known === 'skip')
    return [{ field: 'next', target: step.next }];
  return WAITING.has(step.kind) ? [] : waysOf(step);
}

/** Finds places by targets. */
export function placesOf({ steps }: FlowScript): (target: FlowTarget, from: number) => Place {
  const byId = new Map(steps.map(({ id }, place) => [id, place] as const));
  return (target, from) => {
    if (target === 'end') return 'end';
    if (target === 'next') return from + 1 < steps.length ? from + 1 : 'end';
    return byId.get(target) ?? 'lost';
  };
}

/** Places in a circle that is gone around in one turn. */
export function circles(script: FlowScript): number[] {
  const place = placesOf(script);
  const reach = script.steps.map((step, from) =>
    waysAtOnce(step)
      .map(({ target }) => place(target, from))
      .filter((to) => typeof to === 'number'),
  );
  return script.steps.flatMap((_, from) =>
    walk(reach, reach[from] ?? []).has(from) ? [from] : [],
  );
}

/** Places that the first step leads to and that lead back to themselves and to no end. */
export function traps(script: FlowScript): number[] {
  const place = placesOf(script);
  const ways = script.steps.map((step, from) =>
    waysOf(step).map(({ target }) => place(target, from)),
  );
  const reach = ways.map((all) => all.filter((to) => typeof to === 'number'));
  const ends = ways.map((all) => all.length === 0 || all.some((to) => typeof to === 'string'));
  return [...walk(reach, [0])].filter((from) => {
    const beyond = walk(reach, reach[from] ?? []);
    return beyond.has(from) && ![...beyond].some((to) => ends[to]);
  });
}

/** All places that these lead to, themselves among them. */
function walk(reach: readonly (readonly number[])[], from: readonly number[]): Set<number> {
  const seen = new Set<number>();
  const next = [...from];
  for (let place = next.pop(); place !== undefined; place = next.pop()) {
    if (seen.has(place) || place >= reach.length) continue;
    seen.add(place);
    next.push(...(reach[place] ?? []));
  }
  return seen;
}
