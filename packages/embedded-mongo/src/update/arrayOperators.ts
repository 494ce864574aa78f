import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { compile, isOpDoc } from '../match/index.ts';
import { compare, equal, keyText, type Collator } from '../order/index.ts';
import {
  clone,
  isArr,
  isNum,
  isPlain,
  isRegex,
  show,
  toNumber,
  typeName,
  valueAt,
  type Doc,
  type Value,
} from '../values/index.ts';
import { wholeOption } from './fieldOperators.ts';
import type { Slot, UpdateOperator, UpdateScope } from './types.ts';

/** The array in a slot, as a copy that may be changed; `[]` for a missing one. */
function arrayIn(slot: Slot, refuse: (type: string) => Error): Value[] {
  if (!slot.has()) return [];
  const v = slot.get();
  if (!isArr(v)) throw refuse(typeName(v));
  return v.slice();
}

const PUSH_CLAUSES = new Set(['$each', '$slice', '$sort', '$position']);

function integerClause(arg: Doc, name: '$slice' | '$position'): number | undefined {
  const v = arg[name];
  if (v === undefined) return undefined;
  const n = wholeOption(v);
  if (n === undefined) {
    throw badValue(
      `The value for ${name} must be an integer value but was given type: ${typeName(v)}`,
    );
  }
  return n;
}

type Order = (a: Value, b: Value) => number;

function orderClause(sort: Value, collator: Collator | undefined): Order | undefined {
  if (sort === undefined) return undefined;
  if (isNum(sort)) {
    const dir = toNumber(sort);
    if (dir !== 1 && dir !== -1) {
      throw badValue('The $sort element value must be either 1 or -1');
    }
    return (a, b) => dir * compare(a, b, collator);
  }
  if (!isPlain(sort) || Object.keys(sort).length === 0) {
    throw badValue(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const fields = Object.keys(sort).map((path) => {
    const given = sort[path];
    const dir = isNum(given) ? toNumber(given) : 0;
    if (path === '') throw badValue('The $sort field cannot be empty');
    if (path.split('.').includes('')) {
      throw badValue(`The $sort field is a dotted field but has an empty part: ${path}`);
    }
    if (dir !== 1 && dir !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return { parts: path.split('.'), dir };
  });
  return (a, b) => {
    for (const { parts, dir } of fields) {
      const d = compare(valueAt(a, parts), valueAt(b, parts), collator);
      if (d !== 0) return d * dir;
    }
    return 0;
  };
}

const insertionIndex = (position: number | undefined, length: number): number => {
  if (position === undefined) return length;
  return position < 0 ? Math.max(0, length + position) : Math.min(position, length);
};

const sliced = (array: Value[], slice: number | undefined): Value[] => {
  if (slice === undefined) return array;
  if (slice === 0) return [];
  return slice > 0 ? array.slice(0, slice) : array.slice(slice);
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/push/ */
export const $push: UpdateOperator = {
  creates: true,
  compile: (arg, path, scope) => {
    let added: Value[] = [arg];
    let clauses: Doc = {};
    if (isPlain(arg) && Object.hasOwn(arg, '$each')) {
      clauses = arg;
      const each = arg['$each'];
      if (!isArr(each)) {
        throw badValue(
          `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`,
        );
      }
      added = each;
      const unknown = Object.keys(arg).find((k) => !PUSH_CLAUSES.has(k));
      if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`);
    }
    const slice = integerClause(clauses, '$slice');
    const position = integerClause(clauses, '$position');
    const order = orderClause(clauses['$sort'], scope.collator);
    return (slot) => {
      const array = arrayIn(slot, (type) =>
        badValue(
          `The field '${path}' must be an array but is of type ${type} in document {_id: ${show(slot.id)}}`,
        ),
      );
      array.splice(insertionIndex(position, array.length), 0, ...added.map(clone));
      if (order) array.sort(order);
      slot.set(sliced(array, slice));
    };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/addToSet/ */
export const $addToSet: UpdateOperator = {
  creates: true,
  compile: (arg, _path, scope) => {
    let added: Value[] = [arg];
    if (isPlain(arg) && Object.keys(arg)[0] === '$each') {
      const each = arg['$each'];
      if (!isArr(each)) {
        throw typeMismatch(
          `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
        );
      }
      if (Object.keys(arg).length > 1) {
        throw badValue(`Found unexpected fields after $each in $addToSet: ${show(arg)}`);
      }
      added = each;
    }
    return (slot) => {
      const array = arrayIn(slot, (type) =>
        badValue(
          `Cannot apply $addToSet to non-array field. Field named '${slot.name}' has non-array type ${type}`,
        ),
      );
      const present = new Set(array.map((e) => keyText(e, scope.collator)));
      for (const e of added) {
        const key = keyText(e, scope.collator);
        if (present.has(key)) continue;
        present.add(key);
        array.push(clone(e));
      }
      slot.set(array);
    };
  },
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/pop/ */
export const $pop: UpdateOperator = {
  creates: false,
  compile: (arg, path) => {
    const end = isNum(arg) ? toNumber(arg) : undefined;
    if (end === undefined) throw failedToParse(`Expected a number in: ${path}: ${show(arg)}`);
    if (end !== 1 && end !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${show(arg)}`);
    return (slot) => {
      if (!slot.has()) return;
      const array = arrayIn(slot, (type) =>
        typeMismatch(`Path '${slot.path}' contains an element of non-array type '${type}'`),
      );
      slot.set(end === 1 ? array.slice(0, -1) : array.slice(1));
    };
  },
};

/** Takes elements out of the array in a slot. */
function remover(test: (e: Value) => boolean): (slot: Slot) => void {
  return (slot) => {
    if (!slot.has()) return;
    const array = arrayIn(slot, () => badValue('Cannot apply $pull to a non-array value'));
    slot.set(array.filter((e) => !test(e)));
  };
}

const OF_WHOLE_DOCUMENTS = new Set(['$and', '$or', '$nor', '$expr', '$comment']);

function pullTest(arg: Value, scope: UpdateScope): (e: Value) => boolean {
  const onValue =
    isRegex(arg) || (isOpDoc(arg) && !OF_WHOLE_DOCUMENTS.has(Object.keys(arg as Doc)[0] ?? ''));
  if (onValue) {
    const holds = compile({ e: arg }, scope.collation);
    return (e) => holds({ e });
  }
  if (isPlain(arg)) {
    const holds = compile(arg, scope.collation);
    return (e) => isPlain(e) && holds(e);
  }
  return (e) => equal(e, arg, scope.collator);
}

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/pull/ */
export const $pull: UpdateOperator = {
  creates: false,
  compile: (arg, _path, scope) => remover(pullTest(arg, scope)),
};

/** @see https://www.mongodb.com/docs/manual/reference/operator/update/pullAll/ */
export const $pullAll: UpdateOperator = {
  creates: false,
  compile: (arg, _path, scope) => {
    if (!isArr(arg)) {
      throw badValue(`$pullAll requires an array argument but was given a ${typeName(arg)}`);
    }
    const gone = new Set(arg.map((v) => keyText(v, scope.collator)));
    return remover((e) => gone.has(keyText(e, scope.collator)));
  },
};
