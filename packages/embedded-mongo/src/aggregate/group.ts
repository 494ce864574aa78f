import { MongoError } from '../errors.ts';
import { compileExpression, type Expression } from '../expression/index.ts';
import { collatorOf, keyText, sortGradually, type Collator } from '../order/index.ts';
import {
  cmpNum,
  isDate,
  isNum,
  isObjectId,
  isPlain,
  setOwn,
  toNumber,
  type Doc,
  type Value,
} from '../values/index.ts';
import type { Accumulation, Accumulator } from './accumulation.ts';
import { compileAccumulator } from './accumulators.ts';
import { Budget, STAGE_MEMORY } from './budget.ts';
import { gather, gathered } from './flow.ts';
import type { ExpressionScope, PipelineOptions, StageCompiler } from './types.ts';

interface GroupField {
  name: string;
  start: Accumulator;
}

interface Member {
  id: Value;
  states: Accumulation[];
}

/**
 * A `$group` that takes documents one by one.
 * @throws MongoError for a specification that is wrong
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/
 */
export class Group {
  readonly #id: Expression;
  readonly #fields: GroupField[];
  readonly #collator: Collator | undefined;
  readonly #budget: Budget;
  readonly #members = new Map<string | number | null, Member>();

  constructor(spec: Value, options: PipelineOptions = {}) {
    const collator = collatorOf(options.collation);
    const { id, fields } = compileGroup(spec, { ...options, collator });
    this.#id = id;
    this.#fields = fields;
    this.#collator = collator;
    this.#budget = new Budget('$group', options.memoryBytes ?? STAGE_MEMORY);
  }

  /** Adds a document to its group. */
  add(doc: Doc): void {
    const found = this.#id(doc);
    const id = found === undefined ? null : found;
    const key = groupKey(id, this.#collator);
    let member = this.#members.get(key);
    if (!member) {
      this.#budget.take(id);
      member = { id, states: this.#fields.map((f) => f.start(this.#budget)) };
      this.#members.set(key, member);
    }
    for (const state of member.states) state.add(doc);
  }

  /** The groups, in the order in which their first documents came. */
  *result(): Generator<Doc> {
    for (const { id, states } of this.#members.values()) {
      const out: Doc = { _id: id };
      states.forEach((state, i) => {
        setOwn(out, this.#fields[i]?.name ?? '', state.result());
      });
      yield out;
    }
  }
}

/** A map's key that is equal for equal ids; plain for the ids one meets most. */
function groupKey(id: Value, collator: Collator | undefined): string | number | null {
  if (typeof id === 'string' && !collator && !id.startsWith('\0')) return id;
  if (typeof id === 'number' || id === null) return id;
  if (isNum(id) && cmpNum(id, toNumber(id)) === 0) return toNumber(id);
  // The letters cannot be taken for a key's first byte, which is a type's rank.
  if (isDate(id)) return `\0d${id.getTime()}`;
  if (isObjectId(id)) return `\0o${id.toHexString()}`;
  return `\0${keyText(id, collator)}`;
}

function compileGroup(
  spec: Value,
  scope: ExpressionScope,
): { id: Expression; fields: GroupField[] } {
  if (!isPlain(spec))
    throw new MongoError(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id'))
    throw new MongoError(15955, 'a group specification must include an _id');
  const fields: GroupField[] = [];
  for (const name of Object.keys(spec)) {
    if (name === '_id') continue;
    if (name.includes('.'))
      throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
    if (name.startsWith('$')) {
      throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
    }
    fields.push({ name, start: compileAccumulator(name, spec[name], scope) });
  }
  return { id: compileExpression(spec['_id'], scope), fields };
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/ */
export const $group: StageCompiler = (arg, scope) => {
  compileGroup(arg, scope);
  return gathered(() => new Group(arg, scope));
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sortByCount/ */
export const $sortByCount: StageCompiler = (arg, scope, name) => {
  const isExpression = isPlain(arg) && Object.keys(arg)[0]?.startsWith('$') === true;
  if (!isExpression && typeof arg !== 'string') {
    throw new MongoError(
      40149,
      'the sortByCount field must be specified as a string or as an object',
    );
  }
  if (typeof arg === 'string' && !arg.startsWith('$')) {
    throw new MongoError(
      40148,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  }
  const group = $group({ _id: arg, count: { $sum: 1 } }, scope, '$group');
  return function* (input) {
    const groups = yield* gather(group(input), new Budget(name, scope.memoryBytes));
    yield* yield* sortGradually(groups, (a, b) => Number(b['count']) - Number(a['count']));
  };
};
