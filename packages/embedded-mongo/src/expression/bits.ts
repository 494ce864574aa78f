import { Long } from 'bson';
import { typeMismatch } from '../errors.ts';
import { isLong, isNullish, isNum, numberKind, toBigInt, typeName } from '../values/index.ts';
import { unaryOrNull, variadic } from './arguments.ts';
import type { Operator } from './types.ts';

function bitwise(f: (a: bigint, b: bigint) => bigint, identity: bigint): Operator {
  return variadic((list, name) => {
    let out = identity;
    let long = false;
    for (const v of list) {
      if (isNullish(v)) return null;
      const kind = isNum(v) ? numberKind(v) : typeName(v);
      if (!isNum(v) || (kind !== 'int' && kind !== 'long')) {
        throw typeMismatch(`${name} only supports int and long operands.`);
      }
      long ||= kind === 'long';
      out = f(out, toBigInt(v) ?? 0n);
    }
    return long ? Long.fromBigInt(out) : Number(BigInt.asIntN(32, out));
  });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/bitNot/ */
const $bitNot = unaryOrNull((v, name) => {
  const kind = typeName(v);
  if (kind === 'int') return ~(v as number);
  if (isLong(v)) return v.not();
  throw typeMismatch(`${name} only supports int and long, not: ${kind}.`);
});

/** Bits of whole numbers. */
export const BITS: Readonly<Record<string, Operator>> = {
  $bitAnd: bitwise((a, b) => a & b, -1n),
  $bitOr: bitwise((a, b) => a | b, 0n),
  $bitXor: bitwise((a, b) => a ^ b, 0n),
  $bitNot,
};
