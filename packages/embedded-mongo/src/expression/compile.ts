import { MongoError } from '../errors.ts';
import { isArr, isPlain, own, setOwn, type Doc, type Value } from '../values/index.ts';
import { OPERATORS } from './operators.ts';
import { follow } from './path.ts';
import type { Env, Evaluate, Expression, ExpressionOptions, Scope } from './types.ts';

/**
 * Compiles an aggregation expression.
 * @throws MongoError in MongoDB's words for an expression that is wrong or not supported
 * @see https://www.mongodb.com/docs/manual/meta/aggregation-quick-reference/
 */
export function compileExpression(expression: Value, options: ExpressionOptions = {}): Expression {
  const slots = { count: 0 };
  const scope: Scope = {
    constants: options.variables ?? {},
    bound: new Map(),
    slots,
    compile: compileIn,
    collator: options.collator,
    now: options.now ?? new Date(),
  };
  const evaluate = compileIn(expression, scope);
  const env: Env = { root: undefined, slots: new Array<Value>(slots.count) };
  return (doc) => {
    env.root = doc;
    return evaluate(env);
  };
}

/** Whether there is an expression operator of a name. */
export const isOperator = (name: string): boolean => Object.hasOwn(OPERATORS, name);

/** Evaluates an expression once. */
export const evalExpr = (doc: Doc, expression: Value, options: ExpressionOptions = {}): Value =>
  compileExpression(expression, options)(doc);

/** Compiles an expression inside another, with the variables bound there. */
function compileIn(e: Value, scope: Scope): Evaluate {
  if (typeof e === 'string') return e.startsWith('$') ? compilePath(e, scope) : () => e;
  if (isArr(e)) return compileArray(e, scope);
  if (isPlain(e)) return compileObject(e, scope);
  return () => e;
}

function compileArray(list: Value[], scope: Scope): Evaluate {
  const parts = list.map((e) => compileIn(e, scope));
  return (env) =>
    parts.map((p) => {
      const v = p(env);
      return v === undefined ? null : v;
    });
}

function compileObject(o: Doc, scope: Scope): Evaluate {
  const names = Object.keys(o);
  const first = names[0];
  if (first?.startsWith('$')) {
    if (names.length !== 1) {
      throw new MongoError(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields in { ${names.map((n) => `${n}: …`).join(', ')} }`,
      );
    }
    const operator = Object.hasOwn(OPERATORS, first) ? OPERATORS[first] : undefined;
    if (!operator) throw new MongoError(168, `Unrecognized expression '${first}'`);
    return operator(o[first], scope, first);
  }
  const fields = names.map((name) => {
    if (name.startsWith('$')) {
      throw new MongoError(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields`,
      );
    }
    if (name.includes('.')) {
      throw new MongoError(
        16412,
        "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
      );
    }
    return { name, value: compileIn(o[name], scope) };
  });
  return (env) => {
    const out: Doc = {};
    for (const f of fields) {
      const v = f.value(env);
      if (v !== undefined) setOwn(out, f.name, v);
    }
    return out;
  };
}

function compilePath(text: string, scope: Scope): Evaluate {
  if (text.startsWith('$$')) {
    const [name = '', ...parts] = text.slice(2).split('.');
    checkParts(text, parts);
    const variable = compileVariable(name, scope);
    return parts.length === 0 ? variable : (env) => follow(variable(env), parts, 0);
  }
  const parts = text.slice(1).split('.');
  if (text === '$') {
    throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  }
  checkParts(text, parts);
  const current = scope.bound.get('CURRENT');
  if (current !== undefined) return (env) => follow(env.slots[current], parts, 0);
  const [only = ''] = parts;
  if (parts.length === 1) return (env) => (isPlain(env.root) ? own(env.root, only) : undefined);
  return (env) => follow(env.root, parts, 0);
}

function checkParts(text: string, parts: readonly string[]): void {
  if (text.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  for (const p of parts) {
    if (p === '') throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (p.startsWith('$')) {
      throw new MongoError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    }
    if (p.includes('\0'))
      throw new MongoError(16411, "FieldPath field names may not contain '\\0'.");
  }
}

type SystemVariable = (scope: Scope) => Evaluate;

const SYSTEM: Readonly<Record<string, SystemVariable>> = {
  ROOT: () => (env) => env.root,
  CURRENT: (scope) => {
    const slot = scope.bound.get('CURRENT');
    return slot === undefined ? (env) => env.root : (env) => env.slots[slot];
  },
  NOW: (scope) => () => scope.now,
  REMOVE: () => () => undefined,
};

function compileVariable(name: string, scope: Scope): Evaluate {
  if (name === '') throw new MongoError(16869, 'empty variable names are not allowed');
  const slot = scope.bound.get(name);
  if (slot !== undefined) return (env) => env.slots[slot];
  if (Object.hasOwn(scope.constants, name)) {
    const v = scope.constants[name];
    return () => v;
  }
  const system = Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
  if (system) return system(scope);
  if (name === 'CLUSTER_TIME' || name === 'USER_ROLES' || name === 'SEARCH_META') {
    throw new MongoError(51144, `Builtin variable '$$${name}' is not available`);
  }
  throw new MongoError(17276, `Use of undefined variable: ${name}`);
}
