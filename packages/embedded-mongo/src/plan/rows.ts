import type { Reader } from '../kv/view.ts';
import { type Collection, documentKey, moveToRow, rowOf } from '../store/index.ts';
import { decode, type Doc } from '../values/index.ts';
import type { Plan } from './plan.ts';
import { MergeWalk, RangeWalk, type Walk } from './walk.ts';

/** A stored document on its way through a query. */
export class Row {
  readonly id: number;
  readonly raw: Buffer;
  /** Which element of an array matched, for `$` in projections and updates. */
  position: number | undefined;
  private decoded: Doc | undefined;

  constructor(id: number, raw: Buffer) {
    this.id = id;
    this.raw = raw;
  }

  get doc(): Doc {
    this.decoded ??= decode(this.raw);
    return this.decoded;
  }
}

/** The rows a plan leads to, each once; what was deleted meanwhile is left out. */
export class Rows {
  keysExamined = 0;
  documentsExamined = 0;
  private readonly view: Reader;
  private readonly plan: Plan;
  private readonly walk: Walk | null;
  private readonly parts: Rows[];
  private readonly seen: Set<number> | null;
  /** The key of the document that is read, one after the other. */
  private readonly key: Buffer;

  constructor(view: Reader, c: Collection, plan: Plan) {
    this.view = view;
    this.plan = plan;
    this.key = documentKey(c.id, 0);
    this.walk = walkOf(view, c, plan);
    this.parts = plan.kind === 'union' ? plan.plans.map((part) => new Rows(view, c, part)) : [];
    const repeats = plan.kind === 'union' || (plan.kind === 'index' && plan.index.multikey);
    this.seen = repeats ? new Set() : null;
  }

  /** The next row's id, without reading its document. */
  nextId(): number | undefined {
    for (;;) {
      const id = this.step();
      if (id === undefined) return undefined;
      if (!this.seen) return id;
      if (this.seen.has(id)) continue;
      this.seen.add(id);
      return id;
    }
  }

  next(): Row | undefined {
    for (;;) {
      const id = this.nextId();
      if (id === undefined) return undefined;
      const raw = this.plan.kind === 'collection' && this.walk ? this.walk.value() : this.raw(id);
      if (!raw) continue;
      this.documentsExamined++;
      return new Row(id, raw);
    }
  }

  /** The document of a row as it is now. */
  read(id: number): Row | undefined {
    const raw = this.raw(id);
    return raw && new Row(id, raw);
  }

  /** Lets go of read transactions; `next` goes on where it was. */
  suspend(): void {
    this.walk?.suspend();
    for (const part of this.parts) part.suspend();
  }

  private raw(id: number): Buffer | undefined {
    moveToRow(this.key, id);
    return this.view.get(this.key);
  }

  private step(): number | undefined {
    if (this.walk) {
      const key = this.walk.next();
      if (!key) return undefined;
      if (this.plan.kind === 'index') this.keysExamined++;
      return rowOf(key);
    }
    for (;;) {
      const part = this.parts[0];
      if (!part) return undefined;
      const before = part.keysExamined;
      const id = part.nextId();
      this.keysExamined += part.keysExamined - before;
      if (id !== undefined) return id;
      this.parts.shift();
    }
  }
}

function walkOf(view: Reader, c: Collection, plan: Plan): Walk | null {
  if (plan.kind === 'collection') return new RangeWalk(view, [c.range], plan.reverse, true);
  if (plan.kind !== 'index') return null;
  return plan.merge
    ? new MergeWalk(view, plan.ranges, plan.merge, plan.reverse)
    : new RangeWalk(view, plan.ranges, plan.reverse, false);
}
