import type { Flow, FlowEffect, FlowEvent, FlowFacts } from '../../contract/flow.ts';
import { MERGED } from '../../domain/conversations/conversation.ts';
import type { FlowPlan, FlowRun, FlowTask } from '../../domain/conversations/flow-plan.ts';

/** What happened to a session, as far as its flows care. */
export type Happening =
  /** The customer's first message of the session is stored. */
  | { kind: 'opened'; seq: number }
  /** The customer wrote, or pressed a button of ours with this value. */
  | { kind: 'said'; seq: number; text: string; value: string | null }
  /** A timer ran out, or a crash left something to do. */
  | { kind: 'due' }
  | { kind: 'unanswered' }
  /** A person answered. */
  | { kind: 'answered' }
  | { kind: 'closed' };

/** How long a task may be under way in the process that decided it before it is done again. */
const TASK_PATIENCE_MS = 15_000;

/** What a step is decided by. */
export interface Circumstances {
  flows: readonly Flow[];
  facts: FlowFacts;
  now: Date;
  sessionId: string;
}

/** The flows of a line for a new session, none begun. Unknown names are left out: their flow was removed. */
export function newPlan(
  flows: readonly Flow[],
  wanted: readonly { name: string; config: unknown }[],
): FlowPlan {
  const runs = wanted.flatMap(({ name, config }): FlowRun[] => {
    const versions = flows.filter((flow) => flow.name === name);
    const flow = versions.sort((a, b) => b.version - a.version)[0];
    if (!flow) return [];
    const { version, begins, initial } = flow;
    return [{ name, version, config, begins, status: 'next', state: initial, dueAt: null }];
  });
  return { step: 0, seenSeq: 0, runs, tasks: [], wakeAt: null };
}

/** Whether operators wait until a flow is done. */
export function holds(
  plan: FlowPlan,
  { flows, facts }: Pick<Circumstances, 'flows' | 'facts'>,
): boolean {
  return plan.runs.some((run) => {
    const flow = flowOf(flows, run);
    if (!flow?.holds?.(run.config) || run.begins !== 'opened') return false;
    return run.status === 'running' || (run.status === 'next' && flow.applies(facts, run.config));
  });
}

/** Whether a running flow of a closed session takes what the customer says, so that it opens no new session. */
export function takesAfterClose(
  plan: FlowPlan,
  said: { text: string; value: string | null },
  { flows, facts, now }: Pick<Circumstances, 'flows' | 'facts' | 'now'>,
): boolean {
  return plan.runs.some((run) => {
    const flow = flowOf(flows, run);
    if (!flow || run.begins !== 'closed' || run.status !== 'running') return false;
    if (run.dueAt && run.dueAt <= now) return false;
    return flow.turn(run.state, spoken(said), run.config, facts).pass !== true;
  });
}

/** The next moment at which a plan without tasks must be looked at; null: never. */
export function nextWake(plan: Pick<FlowPlan, 'runs'>): Date | null {
  const times = plan.runs.flatMap(({ status, dueAt }) =>
    status === 'running' && dueAt ? [dueAt.getTime()] : [],
  );
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** The next step of a session's flows; null: nothing changes. Pure: what is to be done stands in `tasks`. */
export function advance(
  plan: FlowPlan,
  happening: Happening,
  circumstances: Circumstances,
): FlowPlan | null {
  const step = new Step(plan, circumstances);
  if (happening.kind === 'opened') step.begin('opened');
  if (happening.kind === 'said') step.tell(spoken(happening));
  if (happening.kind === 'due') step.timeouts();
  if (happening.kind === 'unanswered') step.tell({ kind: 'unanswered' }, 'queued');
  if (happening.kind === 'answered' || happening.kind === 'closed') {
    step.end('opened');
    step.end('queued');
  }
  // A merge ends a duplicate, not the customer's talk: nothing is said at its end.
  if (happening.kind === 'closed' && circumstances.facts.outcome !== MERGED) step.begin('closed');
  return step.result('seq' in happening ? happening.seq : 0);
}

const flowOf = (flows: readonly Flow[], run: FlowRun): Flow | undefined =>
  flows.find((flow) => flow.name === run.name && flow.version === run.version);

const spoken = ({ text, value }: { text: string; value: string | null }): FlowEvent =>
  value === null ? { kind: 'text', text } : { kind: 'button', value };

/** One step under way, over copies. */
class Step {
  readonly #before: FlowPlan;
  readonly #given: Circumstances;
  readonly #runs: FlowRun[];
  readonly #tasks: FlowTask[];
  #changed = false;

  constructor(before: FlowPlan, given: Circumstances) {
    this.#before = before;
    this.#given = given;
    this.#runs = before.runs.map((run) => ({ ...run }));
    this.#tasks = [...before.tasks];
  }

  /** Begins the flows of a phase that have not begun: `queued` ones all at once, others until one of them waits. */
  begin(phase: FlowRun['begins']): void {
    for (const run of this.#runs) {
      if (run.begins !== phase) continue;
      if (run.status === 'next') this.#start(run);
      if (run.status === 'running' && phase !== 'queued') return;
    }
    if (phase === 'opened') this.begin('queued');
  }

  /** Tells all running flows, or those of one phase. */
  tell(event: FlowEvent, phase?: FlowRun['begins']): void {
    this.#each(
      (run) => phase === undefined || run.begins === phase,
      () => event,
    );
  }

  timeouts(): void {
    const { now } = this.#given;
    this.#each(
      ({ dueAt }) => dueAt !== null && dueAt <= now,
      () => ({ kind: 'timeout' }),
    );
  }

  end(phase: FlowRun['begins']): void {
    for (const run of this.#runs)
      if (run.begins === phase && run.status !== 'ended') this.#end(run);
  }

  result(seq: number): FlowPlan | null {
    if (!this.#changed) return null;
    const plan = {
      step: this.#before.step + 1,
      seenSeq: Math.max(this.#before.seenSeq, seq),
      runs: this.#runs,
      tasks: this.#tasks,
    };
    const again = new Date(this.#given.now.getTime() + TASK_PATIENCE_MS);
    return { ...plan, wakeAt: plan.tasks.length > 0 ? again : nextWake(plan) };
  }

  #start(run: FlowRun): void {
    const flow = flowOf(this.#given.flows, run);
    if (!flow?.applies(this.#given.facts, run.config)) return this.#end(run);
    run.status = 'running';
    this.#turn(run, flow, { kind: 'begin' });
  }

  #each(which: (run: FlowRun) => boolean, event: () => FlowEvent): void {
    // Those that begin meanwhile hear of it no more.
    const running = this.#runs.filter((run) => run.status === 'running' && which(run));
    for (const run of running) {
      if (run.status !== 'running') continue;
      const flow = flowOf(this.#given.flows, run);
      // A version that is gone, or no longer understands its own state, is over: people take it from there.
      if (!flow?.state.safeParse(run.state).success) this.#end(run);
      else this.#turn(run, flow, event());
      if (run.begins !== 'queued') this.begin(run.begins);
    }
  }

  #turn(run: FlowRun, flow: Flow, event: FlowEvent): void {
    const turn = flow.turn(run.state, event, run.config, this.#given.facts);
    if (turn.pass && !turn.done) return;
    this.#changed = true;
    run.state = turn.state;
    run.dueAt = null;
    if (turn.done) run.status = 'ended';
    for (const effect of turn.effects) this.#take(run, effect);
  }

  #take(run: FlowRun, effect: FlowEffect): void {
    if (effect.do === 'wait') {
      run.dueAt = new Date(this.#given.now.getTime() + effect.ms);
      return;
    }
    const step = this.#before.step + 1;
    const number = this.#tasks.length + 1;
    this.#tasks.push({ key: `flow:${this.#given.sessionId}:${step}:${number}`, effect });
    // Handing over ends all that stands between the customer and people.
    if ((effect.do === 'queue' || effect.do === 'line') && run.begins === 'opened')
      this.end('opened');
    // What is said while waiting here is not said there.
    if (effect.do === 'line') this.end('queued');
  }

  #end(run: FlowRun): void {
    run.status = 'ended';
    run.dueAt = null;
    this.#changed = true;
  }
}
