import { failedToParse, MongoError } from '../errors.ts';
import { compileExpression, type Expression } from '../expression/index.ts';
import {
  compare,
  keyText,
  sortGradually,
  type Sorter,
  sorterOf,
  type SortKey,
} from '../order/index.ts';
import { type Doc, isArr, isPlain, show, typeName, type Value } from '../values/index.ts';
import { compileAccumulator, isAccumulator } from './accumulators.ts';
import type { Accumulation } from './accumulation.ts';
import { Budget } from './budget.ts';
import { BREATH } from './flow.ts';
import type { StageCompiler, StageScope } from './types.ts';
import { withPath } from './unwind.ts';
import { boundsOf } from './windowBounds.ts';
import {
  type FunctionContext,
  FUNCTIONS,
  type WindowFunction,
  windowsOf,
} from './windowFunctions.ts';

/** An accumulator over each document's window. */
function accumulated(field: string, spec: Doc, context: FunctionContext): WindowFunction {
  const start = compileAccumulator(field, spec, context.scope);
  return function* (partition) {
    const { docs } = partition;
    const windowOf = windowsOf(partition, context);
    const fresh = (): Accumulation => start(new Budget(context.name, context.scope.memoryBytes));
    const out: Value[] = [];
    let state = fresh();
    let from = 0;
    let to = 0;
    for (let i = 0; i < docs.length; i++) {
      const [a, b] = windowOf(i);
      const same = i > 0 && a === from && b === to;
      // A window that only grows at its end goes on with what it has.
      if (a !== from || b < to) {
        state = fresh();
        from = a;
        to = a;
      }
      for (; to < b; to++) {
        state.add(docs[to] as Doc);
        if (to % BREATH === 0) yield null;
      }
      out.push(same ? out[i - 1] : state.result());
      yield null;
    }
    return out;
  };
}

function readOutput(
  output: Value,
  sortBy: Doc | undefined,
  scope: StageScope,
): { path: string[]; run: WindowFunction }[] {
  if (!isPlain(output))
    throw failedToParse("BSON field '$setWindowFields.output' is missing or not an object");
  return Object.keys(output).map((field) => {
    const spec = output[field];
    if (!isPlain(spec)) throw failedToParse(`The field '${field}' must be an object`);
    const { window, ...rest } = spec;
    const names = Object.keys(rest);
    const name = names[0] ?? '';
    if (names.length !== 1) throw failedToParse('Expected a single $-prefixed window function');
    const bounds = window === undefined ? undefined : boundsOf(window, sortBy);
    const context: FunctionContext = { name, scope, bounds, sortBy };
    const compiler = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!compiler && !isAccumulator(name))
      throw failedToParse(`Unrecognized window function, ${name}`);
    return {
      path: field.split('.'),
      run: compiler ? compiler(rest[name], context) : accumulated(field, rest, context),
    };
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/setWindowFields/ */
export const $setWindowFields: StageCompiler = (arg, scope) => {
  if (!isPlain(arg))
    throw failedToParse('the $setWindowFields stage specification must be an object');
  for (const name of Object.keys(arg)) {
    if (!['partitionBy', 'sortBy', 'output'].includes(name)) {
      throw new MongoError(40415, `BSON field '$setWindowFields.${name}' is an unknown field.`);
    }
  }
  const { partitionBy, sortBy } = arg;
  if (sortBy !== undefined && !isPlain(sortBy))
    throw failedToParse('$setWindowFields sortBy must be an object');
  const by = partitionBy === undefined ? undefined : compileExpression(partitionBy, scope);
  const sorter =
    sortBy && Object.keys(sortBy).length > 0 ? sorterOf(sortBy, scope.collator) : undefined;
  const fields = readOutput(arg['output'], sorter ? sortBy : undefined, scope);
  return function* (input) {
    const partitions = new Map<string, { id: Value; docs: Doc[] }>();
    const budget = new Budget('$setWindowFields', scope.memoryBytes);
    let count = 0;
    for (const doc of input) {
      if (doc) {
        budget.take(doc);
        place(doc, by, partitions);
      }
      if (!doc || ++count % BREATH === 0) yield null;
    }
    const sorted = yield* sortGradually([...partitions.values()], (a, b) =>
      compare(a.id, b.id, scope.collator),
    );
    for (const { docs } of sorted) {
      const partition = { docs: sorter ? yield* sortDocs(docs, sorter) : docs, sorter };
      const columns: Value[][] = [];
      for (const f of fields) columns.push(yield* f.run(partition));
      for (const [i, doc] of partition.docs.entries()) {
        yield fields.reduce((out, f, k) => withPath(out, f.path, columns[k]?.[i]), doc);
      }
    }
  };
};

function place(
  doc: Doc,
  by: Expression | undefined,
  partitions: Map<string, { id: Value; docs: Doc[] }>,
): void {
  const found = by?.(doc);
  const id = found === undefined ? null : found;
  if (isArr(id)) {
    throw new MongoError(
      14,
      `An expression used to partition cannot evaluate to value of type array, got ${typeName(id)}: ${show(id)}`,
    );
  }
  const key = keyText(id);
  const partition = partitions.get(key);
  if (partition) partition.docs.push(doc);
  else partitions.set(key, { id, docs: [doc] });
}

function* sortDocs(docs: readonly Doc[], sorter: Sorter): Generator<null, Doc[]> {
  const entries: { doc: Doc; key: SortKey }[] = [];
  for (const doc of docs)
    if (entries.push({ doc, key: sorter.keyOf(doc) }) % BREATH === 0) yield null;
  const sorted = yield* sortGradually(entries, (a, b) => sorter.compare(a.key, b.key));
  const out: Doc[] = [];
  for (const { doc } of sorted) if (out.push(doc) % BREATH === 0) yield null;
  return out;
}
