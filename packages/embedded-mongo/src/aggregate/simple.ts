import { MongoError, failedToParse } from '../errors.ts';
import { compileExpression } from '../expression/index.ts';
import { compile } from '../match/index.ts';
import { compileProject, compileSetFields } from '../project/index.ts';
import {
  isArr,
  isNum,
  isPlain,
  show,
  toNumber,
  typeName,
  type Doc,
  type Value,
} from '../values/index.ts';
import { filtered, gathered, mapped } from './flow.ts';
import type { Stage, StageCompiler, StageScope } from './types.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/match/ */
export const $match: StageCompiler = (arg, scope) => {
  if (!isPlain(arg))
    throw new MongoError(15959, 'the match filter must be an expression in an object');
  const matches = compile(arg, scope.collation, scope.variables);
  return filtered((doc) => matches(doc));
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/project/ */
export const $project: StageCompiler = (arg, scope) => mapped(compileProject(arg, scope));

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/set/ */
export const $set: StageCompiler = (arg, scope, name) => mapped(compileSetFields(arg, name, scope));

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/unset/ */
export const $unset: StageCompiler = (arg, scope) => {
  const names = isArr(arg) ? arg : [arg];
  if (names.length === 0) {
    throw new MongoError(
      31119,
      '$unset specification must be a string or an array with at least one field',
    );
  }
  const spec: Doc = {};
  for (const name of names) {
    if (typeof name !== 'string') {
      throw new MongoError(
        31120,
        '$unset specification must be a string or an array containing only string values',
      );
    }
    spec[name] = false;
  }
  return mapped(compileProject(spec, scope));
};

/** Reads a count given as any number type. */
function wholeCount(arg: Value, name: string): number {
  const n = isNum(arg) ? toNumber(arg) : Number.NaN;
  if (!Number.isInteger(n)) {
    throw new MongoError(
      5107201,
      `invalid argument to ${name} stage: Expected ${isNum(arg) ? 'an integer' : 'a number in'}: ${name}: ${show(arg)}`,
    );
  }
  if (n < 0) {
    const code = name === '$skip' ? 5107200 : 5107201;
    throw new MongoError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${n}`,
    );
  }
  return n;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/limit/ */
export const $limit: StageCompiler = (arg) => {
  const limit = wholeCount(arg, '$limit');
  if (limit === 0) throw new MongoError(15958, 'the limit must be positive');
  return function* (input) {
    let left = limit;
    for (const doc of input) {
      yield doc;
      if (doc && --left === 0) return;
    }
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/skip/ */
export const $skip: StageCompiler = (arg) => {
  const skip = wholeCount(arg, '$skip');
  return function* (input) {
    let left = skip;
    for (const doc of input) yield doc && left-- > 0 ? null : doc;
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/count/ */
export const $count: StageCompiler = (arg) => {
  if (typeof arg !== 'string')
    throw new MongoError(40156, 'the count field must be a non-empty string');
  if (arg === '') throw new MongoError(40157, 'the count field must be a non-empty string');
  if (arg.startsWith('$'))
    throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (arg.includes('\0')) throw new MongoError(40159, 'the count field cannot contain a null byte');
  if (arg.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  return gathered(() => {
    let n = 0;
    return {
      add: () => {
        n++;
      },
      result: () => (n > 0 ? [{ [arg]: n }] : []),
    };
  });
};

function newRoot(expression: Value, scope: StageScope, name: string): Stage {
  const value = compileExpression(expression, scope);
  return mapped((doc) => {
    const root = value(doc);
    if (!isPlain(root)) {
      throw new MongoError(
        40228,
        `'${name}' expression must evaluate to an object, but resulting value was: ${show(root)}. Type of resulting value: '${typeName(root)}'. Input document: ${show(doc)}`,
      );
    }
    return root;
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/replaceRoot/ */
export const $replaceRoot: StageCompiler = (arg, scope) => {
  if (!isPlain(arg)) {
    throw new MongoError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${typeName(arg)}`,
    );
  }
  const unknown = Object.keys(arg).find((k) => k !== 'newRoot');
  if (unknown !== undefined) {
    throw new MongoError(40415, `BSON field '$replaceRoot.${unknown}' is an unknown field.`);
  }
  if (arg['newRoot'] === undefined) {
    throw new MongoError(
      40414,
      "BSON field '$replaceRoot.newRoot' is missing but a required field",
    );
  }
  return newRoot(arg['newRoot'], scope, 'newRoot');
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/replaceWith/ */
export const $replaceWith: StageCompiler = (arg, scope) =>
  newRoot(arg, scope, 'replacement document');

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sample/ */
export const $sample: StageCompiler = (arg) => {
  if (!isPlain(arg))
    throw new MongoError(28745, 'the $sample stage specification must be an object');
  const size = arg['size'];
  const unknown = Object.keys(arg).find((k) => k !== 'size');
  if (unknown !== undefined)
    throw new MongoError(28748, `unrecognized option to $sample: ${unknown}`);
  if (size === undefined) throw new MongoError(28749, '$sample stage must specify a size');
  if (!isNum(size)) throw new MongoError(28746, 'size argument to $sample must be a number');
  const n = Math.trunc(toNumber(size));
  if (!(n > 0)) throw new MongoError(28747, 'size argument to $sample must be a positive integer');
  return gathered(() => reservoir(n));
};

function reservoir(size: number): { add(doc: Doc): void; result(): Doc[] } {
  const kept: Doc[] = [];
  let seen = 0;
  return {
    add: (doc) => {
      seen++;
      if (kept.length < size) kept.push(doc);
      else {
        const at = Math.floor(Math.random() * seen);
        if (at < size) kept[at] = doc;
      }
    },
    result: () => {
      for (let i = kept.length - 1; i > 0; i--) {
        const k = Math.floor(Math.random() * (i + 1));
        [kept[i], kept[k]] = [kept[k] as Doc, kept[i] as Doc];
      }
      return kept;
    },
  };
}

const VERDICTS = { DESCEND: 'descend', PRUNE: 'prune', KEEP: 'keep' };

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/redact/ */
export const $redact: StageCompiler = (arg, scope) => {
  const value = compileExpression(arg, {
    ...scope,
    variables: { ...scope.variables, ...VERDICTS },
  });
  const verdict = (doc: Doc): Value => {
    const v = value(doc);
    if (v === 'descend' || v === 'prune' || v === 'keep') return v;
    throw new MongoError(
      17053,
      `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${show(v)}`,
    );
  };
  const redact = (doc: Doc): Doc | undefined => {
    const v = verdict(doc);
    if (v === 'prune') return undefined;
    if (v === 'keep') return doc;
    const out: Doc = {};
    for (const name of Object.keys(doc)) {
      const inner = redactIn(doc[name]);
      if (inner !== undefined) out[name] = inner;
    }
    return out;
  };
  const redactIn = (v: Value): Value => {
    if (isPlain(v)) return redact(v);
    if (!isArr(v)) return v;
    return v.map(redactIn).filter((e) => e !== undefined);
  };
  return function* (input) {
    for (const doc of input) yield doc && (redact(doc) ?? null);
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/documents/ */
export const $documents: StageCompiler = (arg, scope) => {
  const v = compileExpression(arg, scope)({});
  if (!isArr(v)) throw new MongoError(5858203, `an array is expected, but found ${typeName(v)}`);
  const docs = v.map((e) => {
    if (!isPlain(e))
      throw new MongoError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${show(e)}`,
      );
    return e;
  });
  return () => docs;
};

/** Reads the named options of a stage. */
export function stageOptions(arg: Value, name: string, known: readonly string[]): Doc {
  if (!isPlain(arg)) throw failedToParse(`the ${name} specification must be an Object`);
  const unknown = Object.keys(arg).find((k) => !known.includes(k));
  if (unknown !== undefined) throw failedToParse(`unknown argument to ${name}: ${unknown}`);
  return arg;
}
