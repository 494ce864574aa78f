import { MongoError, badValue, failedToParse, typeMismatch } from '../errors.ts';
import { compileExpression, truthy, type Variables } from '../expression/index.ts';
import { collatorOf } from '../order/index.ts';
import {
  isArr,
  isNum,
  isPlain,
  isRegex,
  toNumber,
  toRegExp,
  type Doc,
  type Value,
} from '../values/index.ts';
import * as compareOperators from './compare.ts';
import { DBREF_FIELDS, equalTo, isOpDoc, matches, matchesOrIs, not } from './compare.ts';
import * as elementOperators from './element.ts';
import { jsonSchema } from './schema.ts';
import type { FilterOptions, Place, Predicate, QueryOperator } from './types.ts';
import { compileWhere } from './where/index.ts';
import { walk } from './walk.ts';

/**
 * Compiles a filter into a predicate.
 * @param collation a collation document for comparisons of strings; default binary comparison
 * @param variables what `$expr` may name with `$$`; default none
 * @throws MongoError in MongoDB's words for a filter that is wrong or not supported
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/
 */
export function compile(filter: Value, collation?: Value, variables?: Variables): Predicate {
  if (filter === undefined || filter === null) return () => true;
  return compileDoc(filter, { collator: collatorOf(collation), variables });
}

const all = (list: readonly Predicate[]): Predicate => {
  const [first, second] = list;
  if (!first) return () => true;
  if (!second) return first;
  return (doc, context) => list.every((p) => p(doc, context));
};

function compileDoc(filter: Value, options: FilterOptions): Predicate {
  if (!isPlain(filter)) throw typeMismatch('Expected field filter to be of type object');
  const list: Predicate[] = [];
  for (const name of Object.keys(filter)) {
    if (name.startsWith('$') && !DBREF_FIELDS.has(name)) {
      const operator = Object.hasOwn(TOP_LEVEL, name) ? TOP_LEVEL[name] : undefined;
      if (!operator) {
        throw badValue(
          `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
        );
      }
      list.push(operator(filter[name], options, name));
    } else list.push(compilePath(name, filter[name], options));
  }
  return all(list);
}

type TopLevel = (arg: Value, options: FilterOptions, name: string) => Predicate;

function branches(arg: Value, options: FilterOptions, name: string): Predicate[] {
  if (!isArr(arg)) throw badValue(`${name} must be an array`);
  if (arg.length === 0) throw badValue('$and/$or/$nor must be a nonempty array');
  return arg.map((e) => {
    if (!isPlain(e)) throw badValue('$or/$and/$nor entries need to be full objects');
    return compileDoc(e, options);
  });
}

const refuse =
  (code: number, message: (name: string) => string): TopLevel & QueryOperator =>
  (_arg: Value, _options: unknown, name: unknown): Predicate => {
    throw new MongoError(code, message(typeof name === 'string' ? name : 'the operator'));
  };

/** Operators in the place of a field name. */
export const TOP_LEVEL: Readonly<Record<string, TopLevel>> = {
  $and: (arg, options, name) => all(branches(arg, options, name)),
  $or: (arg, options, name) => {
    const list = branches(arg, options, name);
    return (doc, context) => list.some((p) => p(doc, context));
  },
  $nor: (arg, options, name) => {
    const list = branches(arg, options, name);
    return (doc) => !list.some((p) => p(doc));
  },
  $expr: (arg, options) => {
    const value = compileExpression(arg, options);
    return (doc) => truthy(value(doc));
  },
  $comment: () => () => true,
  $alwaysTrue: () => () => true,
  $alwaysFalse: () => () => false,
  $sampleRate: (arg) => {
    const rate = isNum(arg) ? toNumber(arg) : Number.NaN;
    if (!(rate >= 0 && rate <= 1))
      throw badValue('numeric argument to $sampleRate must be in [0, 1]');
    return () => Math.random() < rate;
  },
  $jsonSchema: (arg) => jsonSchema(arg),
  $where: (arg) => compileWhere(arg),
  $text: refuse(27, () => 'text index required for $text query'),
};

/** The place of a path in documents. */
function placeAt(path: string, options: FilterOptions): Place {
  const parts = path.split('.');
  return {
    options,
    path,
    test:
      (leaf, spread = true) =>
      (doc, context) =>
        walk(doc, parts, 0, spread, context, leaf),
    find: (indexOf) => (doc, context) => {
      let found = -1;
      const holds = walk(doc, parts, 0, false, undefined, (v) => {
        if (!isArr(v)) return false;
        found = indexOf(v);
        return found >= 0;
      });
      if (holds && context) context.pos = found;
      return holds;
    },
  };
}

// A value is handed through a predicate as the only field of a document.
const ELEMENT = 'element';

/** The place of an array's element, which is not spread if it is an array itself. */
function placeOfElement(options: FilterOptions): Place {
  return {
    options,
    path: '',
    test: (leaf) => (doc) => leaf(doc[ELEMENT]),
    find: (indexOf) => (doc) => {
      const v = doc[ELEMENT];
      return isArr(v) && indexOf(v) >= 0;
    },
  };
}

function compilePath(path: string, v: Value, options: FilterOptions): Predicate {
  const place = placeAt(path, options);
  if (isRegex(v)) return place.test(matchesOrIs(v));
  if (isPlain(v) && isOpDoc(v)) return all(operatorsOf(v, place));
  return place.test(equalTo(v, options.collator));
}

function operatorsOf(v: Doc, place: Place): Predicate[] {
  return Object.keys(v).map((name) => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!operator) throw badValue(`unknown operator: ${name}`);
    return operator(v[name], place, v);
  });
}

const $not: QueryOperator = (arg, place) => {
  if (isRegex(arg)) return not(place.test(matches(toRegExp(arg))));
  if (!isPlain(arg)) throw badValue('$not needs a regex or a document');
  if (Object.keys(arg).length === 0) throw badValue('$not cannot be empty');
  return not(all(operatorsOf(arg, place)));
};

const $elemMatch: QueryOperator = (arg, place) => {
  if (!isPlain(arg)) throw badValue('$elemMatch needs an Object');
  return place.find(indexOfMatch(arg, place.options));
};

const OF_WHOLE_ELEMENTS = new Set(['$and', '$or', '$nor', '$expr', '$where', '$comment']);

/** The index of the first element that satisfies an `$elemMatch`, or -1. */
function indexOfMatch(arg: Doc, options: FilterOptions): (array: Value[]) => number {
  const first = Object.keys(arg)[0] ?? '';
  if (isOpDoc(arg) && !OF_WHOLE_ELEMENTS.has(first)) {
    const holds = all(operatorsOf(arg, placeOfElement(options)));
    return (array) => array.findIndex((e) => holds({ [ELEMENT]: e }));
  }
  const holds = compileDoc(arg, options);
  return (array) =>
    array.findIndex(
      (e) => (isPlain(e) && holds(e)) || (isArr(e) && holds(Object.fromEntries(e.entries()))),
    );
}

const $all: QueryOperator = (arg, place) => {
  if (!isArr(arg)) throw badValue('$all needs an array');
  if (arg.length === 0) return () => false;
  const elements = arg.filter((e) => isPlain(e) && isOpDoc(e));
  if (elements.length > 0) return allElements(arg, place);
  return all(
    arg.map((e) => place.test(isRegex(e) ? matchesOrIs(e) : equalTo(e, place.options.collator))),
  );
};

function allElements(arg: Value[], place: Place): Predicate {
  return all(
    arg.map((e) => {
      if (!isPlain(e) || Object.keys(e)[0] !== '$elemMatch') {
        throw badValue('no $ expressions in $all');
      }
      return $elemMatch(e['$elemMatch'], place, e);
    }),
  );
}

const GEO =
  (name: string): QueryOperator =>
  () => {
    throw new MongoError(238, `${name} is not supported by the embedded database`);
  };
const NEAR: QueryOperator = () => {
  throw new MongoError(291, 'unable to find index for $geoNear query');
};

/** Operators on one field. */
export const OPERATORS: Readonly<Record<string, QueryOperator>> = {
  $eq: compareOperators.$eq,
  $ne: compareOperators.$ne,
  $gt: compareOperators.$gt,
  $gte: compareOperators.$gte,
  $lt: compareOperators.$lt,
  $lte: compareOperators.$lte,
  $in: compareOperators.$in,
  $nin: compareOperators.$nin,
  $exists: elementOperators.$exists,
  $type: elementOperators.$type,
  $size: elementOperators.$size,
  $mod: elementOperators.$mod,
  $regex: elementOperators.$regex,
  $options: elementOperators.$options,
  $bitsAllSet: elementOperators.$bitsAllSet,
  $bitsAllClear: elementOperators.$bitsAllClear,
  $bitsAnySet: elementOperators.$bitsAnySet,
  $bitsAnyClear: elementOperators.$bitsAnyClear,
  $not,
  $elemMatch,
  $all,
  $comment: () => () => true,
  $near: NEAR,
  $nearSphere: NEAR,
  $geoWithin: GEO('$geoWithin'),
  $geoIntersects: GEO('$geoIntersects'),
  $within: GEO('$within'),
  $maxDistance: NEAR,
  $minDistance: NEAR,
};

/**
 * Compiles the condition of an `$elemMatch` projection.
 * @returns the index of the first element of an array that satisfies it, or -1
 */
export function compileElementIndex(
  condition: Value,
  collation?: Value,
  variables?: Variables,
): (array: Value[]) => number {
  if (!isPlain(condition)) throw failedToParse('$elemMatch needs an Object');
  return indexOfMatch(condition, { collator: collatorOf(collation), variables });
}
