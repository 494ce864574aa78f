import type { Database } from '../../database.ts';
import { PAUSE, type Row, type Select, Selection } from '../../plan/index.ts';
import { type Collection, lockName, type Unit } from '../../store/index.ts';
import { HeldByTransaction } from '../../txn/held.ts';

// Rows are gathered before they are changed: a walk and changes do not go together.
const CHUNK = 64;

const selectionFor = (database: Database, unit: Unit, c: Collection, wanted: Select): Selection =>
  new Selection(unit.view, c, {
    sortRoom: { maxBytes: database.budget.sortBytes, spills: database.spills },
    ...wanted,
  });

/** Looks for the one document of a write, in as many slices as it takes. */
export class OneTarget {
  private readonly database: Database;
  private readonly c: Collection;
  private readonly wanted: Select;
  private selection: Selection | null = null;
  private paused = false;

  constructor(database: Database, c: Collection, wanted: Select) {
    this.database = database;
    this.c = c;
    this.wanted = { ...wanted, limit: 1 };
  }

  /** The document, locked; undefined when there is none; PAUSE when the slice is over. */
  find(unit: Unit, end: number): Row | undefined | typeof PAUSE {
    this.selection ??= selectionFor(this.database, unit, this.c, this.wanted);
    const { selection } = this;
    let row = selection.next(end);
    selection.suspend();
    if (row === PAUSE) {
      this.paused = true;
      return PAUSE;
    }
    this.selection = null;
    if (row && this.paused) {
      // It was read in an earlier slice and may have been changed since.
      row = selection.again(row);
      if (!row) return PAUSE;
    }
    if (row) unit.lock(lockName.document(this.c, row.id));
    return row;
  }
}

/** Changes all documents of a write, slice by slice, each once. */
export class ManyTargets {
  private readonly database: Database;
  private readonly c: Collection;
  private readonly wanted: Select;
  private selection: Selection | null = null;
  private pending: Row[] = [];
  private stale = false;
  private exhausted = false;
  private readonly seen: Set<number>;

  constructor(database: Database, c: Collection, wanted: Select) {
    this.database = database;
    this.c = c;
    this.wanted = wanted;
    // An updated document may move within the index that is walked and come up again.
    this.seen = new Set();
  }

  /** Hands documents, locked, to `change` until there are no more or the slice is over. */
  each(unit: Unit, end: number, change: (row: Row) => void): 'done' | 'more' {
    this.selection ??= selectionFor(this.database, unit, this.c, this.wanted);
    const { selection } = this;
    for (;;) {
      if (!this.pending.length) {
        if (this.exhausted) return 'done';
        this.gather(selection, end);
        if (!this.pending.length) return this.exhausted ? 'done' : 'more';
      }
      this.drain(unit, selection, change);
      if (performance.now() > end) return this.exhausted ? 'done' : 'more';
    }
  }

  private gather(selection: Selection, end: number): void {
    const tracks = selection.plan.kind !== 'collection';
    while (this.pending.length < CHUNK) {
      const row = selection.next(end);
      if (row === PAUSE) {
        // Rows of a sort were read in this or an earlier slice; look at them again.
        this.stale = true;
        break;
      }
      if (!row) {
        this.exhausted = true;
        break;
      }
      if (tracks && this.seen.has(row.id)) continue;
      if (tracks) this.seen.add(row.id);
      this.pending.push(row);
    }
    if (selection.sorts) this.stale = true;
    selection.suspend();
  }

  private drain(unit: Unit, selection: Selection, change: (row: Row) => void): void {
    for (let row = this.pending[0]; row; row = this.pending[0]) {
      const current = this.stale ? selection.again(row) : row;
      if (current) {
        try {
          unit.lock(lockName.document(this.c, current.id));
          change(current);
        } catch (error) {
          // A wait comes back to this row, which may have changed by then.
          if (error instanceof HeldByTransaction) this.stale = true;
          else this.pending.shift();
          throw error;
        }
      }
      this.pending.shift();
    }
    this.stale = false;
  }
}
