import { MongoError } from '../errors.ts';
import { isArr, isNullish, isPlain, type Doc, type Value } from '../values/index.ts';
import type { Evaluate, Operator, Scope } from './types.ts';

const plural = (n: number): string => `${n} arguments`;

/**
 * Compiles the arguments of an operator that takes between `min` and `max` of them; one alone
 * need not stand in an array.
 * @throws MongoError 16020 or 28667 for a wrong number
 */
export function readArguments(
  arg: Value,
  scope: Scope,
  name: string,
  min: number,
  max: number,
): Evaluate[] {
  const list = isArr(arg) ? arg : [arg];
  if (min === max && list.length !== min) {
    throw new MongoError(
      16020,
      `Expression ${name} takes exactly ${plural(min)}. ${list.length} were passed in.`,
    );
  }
  if (list.length < min || list.length > max) {
    throw new MongoError(
      28667,
      `Expression ${name} takes at least ${plural(min)}, and at most ${max}, but ${list.length} were passed in.`,
    );
  }
  return list.map((e) => scope.compile(e, scope));
}

/** An operator of one argument. */
export const unary =
  (f: (v: Value, name: string, scope: Scope) => Value): Operator =>
  (arg, scope, name) => {
    const [a] = readArguments(arg, scope, name, 1, 1) as [Evaluate];
    return (env) => f(a(env), name, scope);
  };

/** An operator of one argument that gives null for null and missing. */
export const unaryOrNull = (f: (v: Value, name: string, scope: Scope) => Value): Operator =>
  unary((v, name, scope) => (isNullish(v) ? null : f(v, name, scope)));

/** An operator of two arguments. */
export const binary =
  (f: (a: Value, b: Value, name: string, scope: Scope) => Value): Operator =>
  (arg, scope, name) => {
    const [a, b] = readArguments(arg, scope, name, 2, 2) as [Evaluate, Evaluate];
    return (env) => f(a(env), b(env), name, scope);
  };

/** An operator of any number of arguments. */
export const variadic =
  (f: (list: Value[], name: string, scope: Scope) => Value): Operator =>
  (arg, scope, name) => {
    const list = (isArr(arg) ? arg : [arg]).map((e) => scope.compile(e, scope));
    return (env) =>
      f(
        list.map((e) => e(env)),
        name,
        scope,
      );
  };

/** An operator of several arguments, the last of which may be left out. */
export const between =
  (min: number, max: number, f: (list: Value[], name: string, scope: Scope) => Value): Operator =>
  (arg, scope, name) => {
    const list = readArguments(arg, scope, name, min, max);
    return (env) =>
      f(
        list.map((e) => e(env)),
        name,
        scope,
      );
  };

/** The error numbers of an operator whose arguments have names. */
export interface NamedCodes {
  /** The argument is not a document; default 9. */
  notObject?: number;
  /** An unknown name; default 9. */
  unknown?: number;
  /** A required name is missing; default 9. */
  missing?: number;
}

/**
 * Compiles the arguments of an operator that names them.
 * @returns what evaluates each name that was given
 */
export function readNamed(
  arg: Value,
  scope: Scope,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  codes: NamedCodes = {},
): Record<string, Evaluate | undefined> {
  const doc = readNames(arg, name, required, optional, codes);
  const out: Record<string, Evaluate | undefined> = {};
  for (const k of Object.keys(doc)) out[k] = scope.compile(doc[k], scope);
  return out;
}

/** As `readNamed`, without compiling. */
export function readNames(
  arg: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  codes: NamedCodes = {},
): Doc {
  if (!isPlain(arg))
    throw new MongoError(codes.notObject ?? 9, `${name} only supports an object as its argument`);
  for (const k of Object.keys(arg)) {
    if (!required.includes(k) && !optional.includes(k)) {
      throw new MongoError(codes.unknown ?? 9, `Unrecognized parameter to ${name}: ${k}`);
    }
  }
  for (const k of required) {
    if (!Object.hasOwn(arg, k))
      throw new MongoError(codes.missing ?? 9, `Missing '${k}' parameter to ${name}`);
  }
  return arg;
}
