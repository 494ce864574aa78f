import { Timestamp } from 'bson';
import { badValue, typeMismatch } from '../errors.ts';
import { compare } from '../order/index.ts';
import {
  arith,
  clone,
  isIntegral,
  isNum,
  isPlain,
  numberKind,
  show,
  toBigInt,
  toNumber,
  typeName,
  type Numeric,
  type Value,
} from '../values/index.ts';
import { Long } from 'bson';
import type { Slot, UpdateOperator } from './types.ts';

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/set/ */
export const $set: UpdateOperator = {
  creates: true,
  compile: (arg) => (slot) => slot.set(clone(arg)),
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/unset/ */
export const $unset: UpdateOperator = { creates: false, compile: () => (slot) => slot.remove() };

const typed = (v: Numeric): string => {
  const name = { int: 'NumberInt', long: 'NumberLong', double: 'double', decimal: 'NumberDecimal' };
  return `(${name[numberKind(v)]})${show(v)}`;
};

function arithmetic(
  name: '$inc' | '$mul',
  verb: string,
  ofMissing: (arg: Numeric) => Value,
): UpdateOperator {
  const op = name === '$inc' ? 'add' : 'multiply';
  return {
    creates: true,
    compile: (arg, path) => {
      if (!isNum(arg)) {
        throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${show(arg)}}`);
      }
      return (slot) => {
        if (!slot.has()) return slot.set(ofMissing(arg));
        const current = slot.get();
        if (!isNum(current)) throw notNumeric(name, slot, current);
        const result = arith(op, current, arg);
        if (result === undefined) {
          throw badValue(
            `Failed to apply ${name} operations to current value (${typed(current)}) for document {_id: ${show(slot.id)}}`,
          );
        }
        slot.set(result);
      };
    },
  };
}

const notNumeric = (name: string, slot: Slot, current: Value): Error =>
  typeMismatch(
    `Cannot apply ${name} to a value of non-numeric type. {_id: ${show(slot.id)}} has the field '${slot.name}' of non-numeric type ${typeName(current)}`,
  );

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/inc/ */
export const $inc = arithmetic('$inc', 'increment', (arg) => arg);

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/mul/ */
export const $mul = arithmetic('$mul', 'multiply', (arg) => arith('multiply', arg, 0));

const bound = (takes: (d: number) => boolean): UpdateOperator => ({
  creates: true,
  compile: (arg, _path, scope) => (slot) => {
    if (!slot.has() || takes(compare(arg, slot.get(), scope.collator))) slot.set(clone(arg));
  },
});

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/min/ */
export const $min = bound((d) => d < 0);

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/max/ */
export const $max = bound((d) => d > 0);

// Two clocks of one second must differ, as two timestamps of one mongod do.
let lastSecond = 0;
let ordinal = 0;

function timestampAt(now: Date): Timestamp {
  const second = Math.floor(now.getTime() / 1000);
  ordinal = second === lastSecond ? ordinal + 1 : 1;
  lastSecond = second;
  return new Timestamp({ t: second, i: ordinal });
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/currentDate/ */
export const $currentDate: UpdateOperator = {
  creates: true,
  compile: (arg, _path, scope) => {
    if (typeof arg === 'boolean') return (slot) => slot.set(scope.now);
    if (!isPlain(arg)) {
      throw badValue(
        `${typeName(arg)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      );
    }
    const unknown = Object.keys(arg).find((k) => k !== '$type');
    if (unknown !== undefined) throw badValue(`Unrecognized $currentDate option: ${unknown}`);
    if (arg['$type'] === 'date') return (slot) => slot.set(scope.now);
    if (arg['$type'] === 'timestamp') return (slot) => slot.set(timestampAt(scope.now));
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  },
};

const BITWISE: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

const isWhole = (v: Value): v is Numeric =>
  isNum(v) && (numberKind(v) === 'int' || numberKind(v) === 'long');

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/bit/ */
export const $bit: UpdateOperator = {
  creates: true,
  compile: (arg, path) => {
    if (!isPlain(arg)) {
      throw badValue(
        `The $bit modifier is not compatible with a ${typeName(arg)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
      );
    }
    const steps = Object.keys(arg).map((name) => {
      const by = Object.hasOwn(BITWISE, name) ? BITWISE[name] : undefined;
      const operand = arg[name];
      if (!by) {
        throw badValue(
          `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${path}: ${show(arg)}}`,
        );
      }
      if (!isWhole(operand)) {
        throw badValue(
          `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${name}: ${show(operand)}}`,
        );
      }
      return { by, operand };
    });
    if (steps.length === 0) {
      throw badValue(
        `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
      );
    }
    return (slot) => {
      let current: Value = slot.has() ? slot.get() : 0;
      for (const { by, operand } of steps) {
        if (!isWhole(current)) {
          throw badValue(
            `Cannot apply $bit to a value of non-integral type._id: ${show(slot.id)} has the field ${slot.name} of non-integer type ${typeName(current)}`,
          );
        }
        current = bitwise(by, current, operand);
      }
      slot.set(current);
    };
  },
};

function bitwise(by: (a: bigint, b: bigint) => bigint, a: Numeric, b: Numeric): Value {
  const result = by(toBigInt(a) ?? 0n, toBigInt(b) ?? 0n);
  const narrow = numberKind(a) === 'int' && numberKind(b) === 'int';
  return narrow ? Number(BigInt.asIntN(32, result)) : Long.fromBigInt(result);
}

/** A whole number given as an option, of any number type; undefined for anything else. */
export function wholeOption(v: Value): number | undefined {
  return isNum(v) && isIntegral(v) ? toNumber(v) : undefined;
}
