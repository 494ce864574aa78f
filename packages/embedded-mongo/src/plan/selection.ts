import { MongoError } from '../errors.ts';
import type { Variables } from '../expression/index.ts';
import type { Reader } from '../kv/view.ts';
import { compile, fieldsOf, type MatchContext, type Predicate } from '../match/index.ts';
import { collatorOf, type Sorter, sorterOf } from '../order/index.ts';
import type { Collection } from '../store/index.ts';
import { decode, type Doc, type Value } from '../values/index.ts';
import { choose } from './choose.ts';
import type { Plan } from './plan.ts';
import { type Row, Rows } from './rows.ts';
import { Sorting, type SortRoom } from './sorting.ts';

/** Which documents of a collection are wanted, in which order. */
export interface Select {
  filter: Doc;
  sort?: Doc | undefined;
  skip?: number | undefined;
  /** 0 or absent: all. */
  limit?: number | undefined;
  hint?: Value;
  collation?: Doc | undefined;
  variables?: Variables | undefined;
  /** What a sort without an index may use. */
  sortRoom?: SortRoom;
}

/** Given instead of a row when the slice's time is up. */
export const PAUSE = Symbol('pause');

const CHECK_CLOCK_EVERY = 64;

/** The documents of a query, one by one, in slices; it may be put aside between two slices. */
export class Selection {
  readonly plan: Plan;
  readonly rows: Rows;
  /** How many more rows may be given. */
  left: number;
  done = false;
  private skip: number;
  private readonly predicate: Predicate;
  private readonly needed: Set<string> | null;
  /** The plan's ranges hold nothing but what the filter asks for. */
  private readonly certain: boolean;
  private readonly sorter: Sorter | null;
  private readonly sortNeeds: Set<string>;
  private readonly sortRoom: SortRoom;
  private sorting: Sorting | null = null;
  private spilling: Generator<void> | null = null;
  private gathered = false;

  constructor(view: Reader, c: Collection, select: Select) {
    const collation = select.collation ?? (c.options['collation'] as Doc | undefined);
    const { natural, sort } = splitSort(select.sort);
    const collator = collatorOf(collation);
    const sorter = sort ? sorterOf(sort, collator) : null;
    this.predicate = compile(select.filter, collation, select.variables);
    this.needed = fieldsOf(select.filter);
    this.skip = select.skip ?? 0;
    this.left = select.limit && select.limit > 0 ? select.limit : Infinity;
    this.sortRoom = select.sortRoom ?? {};
    this.plan = choose(c, view, {
      filter: select.filter,
      sort: sorter?.fields ?? null,
      hint: natural ?? select.hint,
      collation: collator ? collation : undefined,
      limited: this.left !== Infinity,
    });
    this.certain = this.plan.kind === 'index' && this.plan.exact;
    this.rows = new Rows(view, c, this.plan);
    this.sorter = this.plan.sorted ? null : sorter;
    this.sortNeeds = new Set(sorter?.fields.map((field) => field.parts[0] as string));
  }

  /** Whether rows have to be sorted in memory. */
  get sorts(): boolean {
    return this.sorter !== null;
  }

  /** The next row, undefined at the end, PAUSE when `until` has passed. */
  next(until = Infinity): Row | undefined | typeof PAUSE {
    if (this.done) return undefined;
    if (this.left <= 0) return this.finish();
    const row = this.sorter ? this.nextSorted(this.sorter, until) : this.nextMatch(until, true);
    if (row === PAUSE) return PAUSE;
    if (!row) return this.finish();
    this.left--;
    return row;
  }

  /** Lets go of read transactions; `next` goes on where it was. */
  suspend(): void {
    this.rows.suspend();
  }

  /** Lets go of everything; there is no next row any more. */
  close(): void {
    this.suspend();
    this.finish();
  }

  /** A row as it is now, or undefined when it is gone or does not match any more. */
  again(row: Row): Row | undefined {
    const fresh = this.rows.read(row.id);
    return fresh && this.matches(fresh) ? fresh : undefined;
  }

  /** All rows at once, for selections known to be short. */
  all(): Row[] {
    const out: Row[] = [];
    for (let row = this.next(); row && row !== PAUSE; row = this.next()) out.push(row);
    this.suspend();
    return out;
  }

  private finish(): undefined {
    this.done = true;
    this.sorting?.end();
    this.sorting = null;
    return undefined;
  }

  private matches(row: Row): boolean {
    const context: MatchContext = {};
    const doc = this.needed ? decode(row.raw, this.needed) : row.doc;
    if (!this.predicate(doc, context)) return false;
    row.position = context.pos;
    return true;
  }

  private nextMatch(until: number, skipping: boolean): Row | undefined | typeof PAUSE {
    for (let n = 1; ; n++) {
      const row = this.rows.next();
      if (!row) return undefined;
      if (this.certain || this.matches(row)) {
        if (!skipping || this.skip <= 0) return row;
        this.skip--;
      }
      if (n % CHECK_CLOCK_EVERY === 0 && performance.now() > until) return PAUSE;
    }
  }

  private nextSorted(sorter: Sorter, until: number): Row | undefined | typeof PAUSE {
    if (!this.gathered && !this.gather(sorter, until)) return PAUSE;
    for (; this.skip > 0; this.skip--) this.sorting?.next();
    return this.sorting?.next();
  }

  /** Goes on with writing to disk; false when the time is up before it is done. */
  private advance(spilling: Generator<void>, until: number): boolean {
    while (!spilling.next().done) if (performance.now() > until) return false;
    return true;
  }

  /** Gathers all matches; false when the time is up before. */
  private gather(sorter: Sorter, until: number): boolean {
    this.sorting ??= new Sorting(sorter, this.skip + this.left, this.sortRoom, (id) => {
      const row = this.rows.read(id);
      return row && this.matches(row) ? row : undefined;
    });
    for (let n = 1; ; n++) {
      if (this.sorting.full) this.spilling ??= this.sorting.spill();
      if (this.spilling && !this.advance(this.spilling, until)) return false;
      this.spilling = null;
      const row = this.nextMatch(until, false);
      if (row === PAUSE) return false;
      if (!row) break;
      this.sorting.add(row, sorter.keyOf(decode(row.raw, this.sortNeeds)));
      if (n % CHECK_CLOCK_EVERY === 0 && performance.now() > until) return false;
    }
    this.gathered = true;
    return true;
  }
}

/** Takes `$natural` out of a sort: it is a way to read, not a field. */
function splitSort(sort: Doc | undefined): { natural?: Doc; sort: Doc | null } {
  if (!sort || !Object.keys(sort).length) return { sort: null };
  if (!('$natural' in sort)) return { sort };
  if (Object.keys(sort).length > 1)
    throw new MongoError(2, '$natural sort cannot be set to a value other than -1 or 1.');
  return { natural: sort, sort: null };
}
