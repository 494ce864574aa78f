import { MongoError } from '../errors.ts';
import { compare, sorterOf } from '../order/index.ts';
import {
  isArr,
  isNullish,
  isNum,
  isPlain,
  show,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';
import { readNamed, readNames } from './arguments.ts';
import { wholeArgument } from './arrays.ts';
import { truthy } from './truth.ts';
import type { Env, Evaluate, Operator, Scope } from './types.ts';
import { bind, checkVariableName } from './variables.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/let/ */
const $let: Operator = (arg, scope, name) => {
  const { vars, in: body } = readNames(arg, name, ['vars', 'in'], [], {
    notObject: 16874,
    unknown: 16875,
    missing: 16876,
  });
  if (!isPlain(vars)) throw new MongoError(16873, `invalid parameter: expected an object (vars)`);
  let inner = scope;
  const bindings = Object.keys(vars).map((v) => {
    checkVariableName(v);
    const value = scope.compile(vars[v], scope);
    const bound = bind(inner, v);
    inner = bound.scope;
    return { slot: bound.slot, value };
  });
  const result = inner.compile(body, inner);
  return (env) => {
    const values = bindings.map((b) => b.value(env));
    bindings.forEach((b, i) => {
      env.slots[b.slot] = values[i];
    });
    return result(env);
  };
};

function nameOf(v: Value, name: string): string {
  if (v === undefined) return 'this';
  if (typeof v !== 'string') throw new MongoError(16866, `${name}'s 'as' must be a string`);
  checkVariableName(v);
  return v;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/map/ */
const $map: Operator = (arg, scope, name) => {
  const parts = readNames(arg, name, ['input', 'in'], ['as'], {
    notObject: 16878,
    unknown: 16879,
    missing: 16880,
  });
  const input = scope.compile(parts['input'], scope);
  const { scope: inner, slot } = bind(scope, nameOf(parts['as'], name));
  const body = inner.compile(parts['in'], inner);
  return (env) => {
    const list = input(env);
    if (isNullish(list)) return null;
    if (!isArr(list))
      throw new MongoError(16883, `input to ${name} must be an array not ${typeName(list)}`);
    return list.map((e) => {
      env.slots[slot] = e;
      const v = body(env);
      return v === undefined ? null : v;
    });
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/filter/ */
const $filter: Operator = (arg, scope, name) => {
  const parts = readNames(arg, name, ['input', 'cond'], ['as', 'limit'], {
    notObject: 28646,
    unknown: 28647,
    missing: 28648,
  });
  const input = scope.compile(parts['input'], scope);
  const { scope: inner, slot } = bind(scope, nameOf(parts['as'], name));
  const holds = inner.compile(parts['cond'], inner);
  const limit = parts['limit'] === undefined ? undefined : scope.compile(parts['limit'], scope);
  return (env) => {
    const list = input(env);
    if (isNullish(list)) return null;
    if (!isArr(list))
      throw new MongoError(28651, `input to ${name} must be an array not ${typeName(list)}`);
    const most = readLimit(limit, env, name);
    const out: Value[] = [];
    for (const e of list) {
      if (out.length >= most) break;
      env.slots[slot] = e;
      if (truthy(holds(env))) out.push(e);
    }
    return out;
  };
};

function readLimit(limit: Evaluate | undefined, env: Env, name: string): number {
  const v = limit?.(env);
  if (isNullish(v)) return Number.POSITIVE_INFINITY;
  const n = wholeArgument(
    v,
    327391,
    `${name}: limit must be represented as a 32-bit integral value: ${show(v)}`,
  );
  if (n < 1) throw new MongoError(327392, `${name}: limit must be greater than 0: ${n}`);
  return n;
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/reduce/ */
const $reduce: Operator = (arg, scope, name) => {
  const parts = readNames(arg, name, ['input', 'initialValue', 'in'], [], {
    notObject: 40075,
    unknown: 40076,
    missing: 40079,
  });
  const input = scope.compile(parts['input'], scope);
  const start = scope.compile(parts['initialValue'], scope);
  const value = bind(scope, 'value');
  const current = bind(value.scope, 'this');
  const body = current.scope.compile(parts['in'], current.scope);
  return (env) => {
    const list = input(env);
    if (isNullish(list)) return null;
    if (!isArr(list))
      throw new MongoError(
        40080,
        `${name} requires that 'input' be an array, found: ${show(list)}`,
      );
    let v = start(env);
    for (const e of list) {
      env.slots[value.slot] = v;
      env.slots[current.slot] = e;
      v = body(env);
    }
    return v;
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/zip/ */
const $zip: Operator = (arg, scope, name) => {
  const parts = readNames(arg, name, ['inputs'], ['useLongestLength', 'defaults'], {
    notObject: 34460,
    unknown: 34464,
    missing: 34465,
  });
  const given = parts['inputs'];
  if (!isArr(given))
    throw new MongoError(34461, `inputs must be an array of expressions, found ${typeName(given)}`);
  if (given.length === 0) throw new MongoError(34465, `${name} requires at least one input array`);
  const longest = parts['useLongestLength'] === true;
  const defaults = parts['defaults'];
  if (defaults !== undefined && !isArr(defaults)) {
    throw new MongoError(
      34462,
      `defaults must be an array of expressions, found ${typeName(defaults)}`,
    );
  }
  if (defaults && !longest)
    throw new MongoError(34466, 'cannot specify defaults unless useLongestLength is true');
  if (defaults && defaults.length !== given.length) {
    throw new MongoError(34467, 'defaults and inputs must have the same length');
  }
  const inputs = given.map((e) => scope.compile(e, scope));
  const fillers = defaults?.map((e) => scope.compile(e, scope));
  return (env) => {
    const lists = inputs.map((e) => e(env));
    if (lists.some(isNullish)) return null;
    const arrays = lists.map((v) => {
      if (!isArr(v))
        throw new MongoError(34468, `${name} found a non-array expression in input: ${show(v)}`);
      return v;
    });
    const lengths = arrays.map((a) => a.length);
    const rows = longest ? Math.max(...lengths) : Math.min(...lengths);
    const filled = fillers?.map((f) => f(env));
    return Array.from({ length: rows }, (_, i) =>
      arrays.map((a, k) => (i < a.length ? a[i] : (filled?.[k] ?? null))),
    );
  };
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/sortArray/ */
const $sortArray: Operator = (arg, scope, name) => {
  const parts = readNames(arg, name, ['input', 'sortBy'], [], {
    notObject: 2942500,
    unknown: 2942501,
    missing: 2942502,
  });
  const input = scope.compile(parts['input'], scope);
  const order = elementOrder(parts['sortBy'], scope, name);
  return (env) => {
    const list = input(env);
    if (isNullish(list)) return null;
    if (!isArr(list)) {
      throw new MongoError(
        2942504,
        `The input argument to ${name} must be an array, but was of type: ${typeName(list)}`,
      );
    }
    return order(list);
  };
};

function elementOrder(sortBy: Value, scope: Scope, name: string): (list: Value[]) => Value[] {
  if (isNum(sortBy)) {
    const dir = toNumber(sortBy);
    if (dir !== 1 && dir !== -1)
      throw new MongoError(2942505, 'The $sort element value must be either 1 or -1');
    return (list) => list.slice().sort((a, b) => dir * compare(a, b, scope.collator));
  }
  if (!isPlain(sortBy) || Object.keys(sortBy).length === 0) {
    throw new MongoError(2942503, `${name}'s sortBy must be an object or 1 or -1`);
  }
  const sorter = sorterOf(sortBy, scope.collator);
  return (list) =>
    list
      .map((e) => ({ e, key: sorter.keyOf(isPlain(e) ? e : {}) }))
      .sort((a, b) => sorter.compare(a.key, b.key))
      .map(({ e }) => e);
}

function severalOf(pick: (list: Value[], n: number, scope: Scope) => Value[]): Operator {
  return (arg, scope, name) => {
    const { n, input } = readNamed(arg, scope, name, ['n', 'input'], [], {
      notObject: 5787801,
      unknown: 5787901,
      missing: 5787906,
    });
    return (env) => {
      const list = input?.(env);
      if (!isArr(list))
        throw new MongoError(5788200, `Input must be an array in ${name}, but found ${show(list)}`);
      const count = wholeArgument(
        n?.(env),
        5787902,
        `Value for 'n' must be of integral type in ${name}`,
      );
      if (count <= 0) throw new MongoError(5787908, `'n' must be greater than 0, found ${count}`);
      return pick(list, count, scope);
    };
  };
}

const present = (list: Value[]): Value[] => list.filter((v) => !isNullish(v));

/** Operators that bind variables or walk arrays with an expression. */
export const BINDING: Readonly<Record<string, Operator>> = {
  $let,
  $map,
  $filter,
  $reduce,
  $zip,
  $sortArray,
  $firstN: severalOf((list, n) => list.slice(0, n)),
  $lastN: severalOf((list, n) => list.slice(-n)),
  $minN: severalOf((list, n, s) =>
    present(list)
      .sort((a, b) => compare(a, b, s.collator))
      .slice(0, n),
  ),
  $maxN: severalOf((list, n, s) =>
    present(list)
      .sort((a, b) => compare(b, a, s.collator))
      .slice(0, n),
  ),
};
