import { ObjectId } from 'bson';
import type { Database } from '../../database.ts';
import { MongoError } from '../../errors.ts';
import type { Variables } from '../../expression/index.ts';
import { compile } from '../../match/index.ts';
import { PAUSE, type Row } from '../../plan/index.ts';
import {
  type Collection,
  insertDocument,
  removeDocument,
  type Unit,
  updateDocument,
} from '../../store/index.ts';
import {
  changed,
  compileUpdate,
  isReplacement,
  type Update,
  type UpdateOptions,
  upsertDoc,
} from '../../update/index.ts';
import { decode, type Doc, encode, isArr, isPlain, type Value } from '../../values/index.ts';
import { ManyTargets, OneTarget } from './target.ts';

/** Stores one document that came as BSON; it gets an `_id` first in front when it lacks one. */
export function insertRaw(
  unit: Unit,
  c: Collection,
  given: Buffer,
  bypassValidation: boolean,
): void {
  const doc = decode(given);
  const first = Object.keys(doc)[0];
  if (first === '_id') {
    // The store keeps what it is given; the received message must not live on with it.
    insertDocument(unit, c, doc, Buffer.from(given), bypassValidation);
    return;
  }
  const { _id = new ObjectId(), ...rest } = doc;
  const whole = { _id, ...rest };
  insertDocument(unit, c, whole, encode(whole), bypassValidation);
}

function refuseDropped(c: Collection | undefined): void {
  if (c?.dropped) throw new MongoError(175, `query plan killed :: collection ${c.ns} was dropped`);
}

/** One update of one or many documents. */
export interface UpdateStatement {
  filter: Doc;
  update: Value;
  multi: boolean;
  upsert: boolean;
  sort?: Doc | undefined;
  hint?: Value;
  collation?: Doc | undefined;
  arrayFilters?: Value[] | undefined;
  variables: Variables | undefined;
  bypassValidation: boolean;
}

/** What a statement did. */
export interface UpdateOutcome {
  matched: number;
  modified: number;
  /** The `_id` of the document that was inserted. */
  upsertedId?: Value;
  /** The one document before and after, when not `multi`. */
  before?: Doc;
  after?: Doc;
}

/** Runs one update statement slice by slice. */
export class UpdateRun {
  readonly outcome: UpdateOutcome = { matched: 0, modified: 0 };
  private readonly c: Collection | undefined;
  private readonly statement: UpdateStatement;
  private readonly update: Update;
  private readonly options: UpdateOptions;
  private readonly one: OneTarget | undefined;
  private readonly many: ManyTargets | undefined;

  /** @throws MongoError when filter or update are wrong */
  constructor(database: Database, c: Collection | undefined, statement: UpdateStatement) {
    this.c = c;
    this.statement = statement;
    const { update, multi } = statement;
    if (!isPlain(update) && !isArr(update))
      throw new MongoError(9, 'Update argument must be either an object or an array');
    if (multi && isReplacement(update))
      throw new MongoError(9, 'multi update is not supported for replacement-style update');
    const collation = statement.collation ?? (c?.options['collation'] as Doc | undefined);
    this.options = {
      arrayFilters: statement.arrayFilters,
      collation,
      vars: statement.variables,
      now: new Date(),
    };
    this.update = compileUpdate(update, this.options);
    compile(statement.filter, collation, statement.variables);
    if (!c) return;
    const wanted = {
      filter: statement.filter,
      sort: statement.sort,
      hint: statement.hint,
      collation: statement.collation,
      variables: statement.variables,
    };
    if (multi) this.many = new ManyTargets(database, c, wanted);
    else this.one = new OneTarget(database, c, wanted);
  }

  step(unit: Unit, end: number): 'done' | 'more' {
    refuseDropped(this.c);
    if (this.many) {
      if (this.many.each(unit, end, (row) => this.apply(unit, row)) === 'more') return 'more';
    } else if (this.one) {
      const row = this.one.find(unit, end);
      if (row === PAUSE) return 'more';
      if (row) this.apply(unit, row);
    }
    if (!this.outcome.matched && this.statement.upsert) this.insert(unit);
    return 'done';
  }

  private apply(unit: Unit, row: Row): void {
    const c = this.c as Collection;
    const before = row.doc;
    const after = this.update(before, { pos: row.position });
    const modifies = changed(before, after);
    if (modifies) {
      const { update, bypassValidation } = this.statement;
      const replaced = isReplacement(update);
      updateDocument(unit, c, row.id, before, after, encode(after), { replaced, bypassValidation });
    }
    this.outcome.matched++;
    if (modifies) this.outcome.modified++;
    if (this.statement.multi) return;
    this.outcome.before = before;
    this.outcome.after = modifies ? after : before;
  }

  private insert(unit: Unit): void {
    const { filter, update, bypassValidation } = this.statement;
    const doc = upsertDoc(filter, update, this.options);
    insertDocument(unit, this.c as Collection, doc, encode(doc), bypassValidation);
    this.outcome.upsertedId = doc['_id'];
    this.outcome.after = doc;
  }
}

/** One removal of one or many documents. */
export interface DeleteStatement {
  filter: Doc;
  multi: boolean;
  sort?: Doc | undefined;
  hint?: Value;
  collation?: Doc | undefined;
  variables: Variables | undefined;
}

/** Runs one delete statement slice by slice. */
export class DeleteRun {
  removed = 0;
  /** The one document that was removed, when not `multi`. */
  document: Doc | undefined;
  private readonly c: Collection | undefined;
  private readonly one: OneTarget | undefined;
  private readonly many: ManyTargets | undefined;

  /** @throws MongoError when the filter is wrong */
  constructor(database: Database, c: Collection | undefined, statement: DeleteStatement) {
    this.c = c;
    const collation = statement.collation ?? (c?.options['collation'] as Doc | undefined);
    compile(statement.filter, collation, statement.variables);
    if (!c) return;
    if (statement.multi) this.many = new ManyTargets(database, c, statement);
    else this.one = new OneTarget(database, c, statement);
  }

  step(unit: Unit, end: number): 'done' | 'more' {
    refuseDropped(this.c);
    if (this.many) return this.many.each(unit, end, (row) => this.remove(unit, row));
    const row = this.one?.find(unit, end);
    if (row === PAUSE) return 'more';
    if (row) this.remove(unit, row);
    return 'done';
  }

  private remove(unit: Unit, row: Row): void {
    const { doc } = row;
    removeDocument(unit, this.c as Collection, row.id, doc);
    this.removed++;
    this.document = doc;
  }
}
