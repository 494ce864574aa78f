import { compileExpression } from '../expression/index.ts';
import {
  digits,
  type Doc,
  isArr,
  isPlain,
  isRegex,
  own,
  typeName,
  type Value,
} from '../values/index.ts';
import { isOpDoc } from './compare.ts';
import { compile } from './compile.ts';
import { unsatisfied } from './why-schema.ts';

/** What is said of an operator that does not hold, and of one that holds where it must not. */
const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  $eq: ['comparison failed', 'comparison succeeded'],
  $gt: ['comparison failed', 'comparison succeeded'],
  $gte: ['comparison failed', 'comparison succeeded'],
  $lt: ['comparison failed', 'comparison succeeded'],
  $lte: ['comparison failed', 'comparison succeeded'],
  $ne: ['comparison succeeded', 'comparison failed'],
  $in: ['no matching value found in array', 'matching value found in array'],
  $nin: ['matching value found in array', 'no matching value found in array'],
  $exists: ['path does not exist', 'path does exist'],
  $type: ['type did not match', 'type did match'],
  $size: ['array length was not equal to given size', 'array length was equal to given size'],
  $mod: ['$mod did not evaluate to expected remainder', '$mod did evaluate to expected remainder'],
  $regex: ['regular expression did not match', 'regular expression did match'],
  $all: ['array did not contain all specified values', 'array did contain all specified values'],
  $elemMatch: [
    'array did not satisfy the child predicate',
    'array did satisfy the child predicate',
  ],
  $bitsAllSet: ['bitwise operator failed to match', 'bitwise operator matched successfully'],
  $bitsAllClear: ['bitwise operator failed to match', 'bitwise operator matched successfully'],
  $bitsAnySet: ['bitwise operator failed to match', 'bitwise operator matched successfully'],
  $bitsAnyClear: ['bitwise operator failed to match', 'bitwise operator matched successfully'],
};

/** Whose missing field is worth no word of its own. */
const ABOUT_MISSING = new Set(['$exists', '$ne', '$nin']);

/**
 * Tells what of a filter a document does not satisfy, as the error of a validator does. Compiles
 * the filter's parts once more: it is asked only after the whole has failed.
 * @see https://www.mongodb.com/docs/manual/core/schema-validation/handle-invalid-documents/
 */
export function whyNot(filter: Doc, doc: Doc, inverted = false): Doc {
  const clauses = clausesOf(filter);
  const [only] = clauses;
  if (only && clauses.length === 1) return ofClause(only, doc, inverted);
  return { operatorName: '$and', ...failing(clauses, doc, inverted) };
}

/** A filter's conditions, each as a filter of its own. */
function clausesOf(filter: Doc): Doc[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (name.startsWith('$') || !isOpDoc(value)) return [{ [name]: value }];
    const operators = value as Doc;
    const names = Object.keys(operators).filter((op) => op !== '$options' && op !== '$comment');
    return names.map((op) => {
      const options = op === '$regex' ? operators['$options'] : undefined;
      const one: Doc = { [op]: operators[op], ...(options !== undefined && { $options: options }) };
      return { [name]: one };
    });
  });
}

function failing(clauses: readonly Doc[], doc: Doc, inverted: boolean): Doc {
  const found = clauses.flatMap((clause, index) =>
    compile(clause)(doc) === inverted ? [{ index, details: ofClause(clause, doc, inverted) }] : [],
  );
  return inverted ? { clausesSatisfied: found } : { clausesNotSatisfied: found };
}

function ofClause(clause: Doc, doc: Doc, inverted: boolean): Doc {
  const [name, value] = Object.entries(clause)[0] as [string, Value];
  switch (name) {
    case '$and':
    case '$or':
      return { operatorName: name, ...failing(value as Doc[], doc, inverted) };
    case '$nor':
      return { operatorName: name, ...failing(value as Doc[], doc, !inverted) };
    case '$jsonSchema':
      return inverted
        ? { operatorName: name, specifiedAs: clause, reason: 'schema matched' }
        : ofSchema(value as Doc, doc);
    case '$expr':
      return {
        operatorName: name,
        specifiedAs: clause,
        reason: inverted ? 'expression did match' : 'expression did not match',
        expressionResult: compileExpression(value)(doc) ?? null,
      };
    default:
      return name.startsWith('$')
        ? {
            operatorName: name,
            specifiedAs: clause,
            reason: 'expression always evaluates to false',
          }
        : ofPath(name, value, doc, inverted);
  }
}

function ofSchema(schema: Doc, doc: Doc): Doc {
  const { title, description } = schema;
  return {
    operatorName: '$jsonSchema',
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    schemaRulesNotSatisfied: unsatisfied(schema, doc),
  };
}

function ofPath(path: string, value: Value, doc: Doc, inverted: boolean): Doc {
  const operator = isOpDoc(value) ? (Object.keys(value as Doc)[0] as string) : undefined;
  const argument = operator === undefined ? value : (value as Doc)[operator];
  if (operator === '$not') {
    const inner = isPlain(argument) ? argument : { $regex: argument };
    return { operatorName: '$not', details: whyNot({ [path]: inner }, doc, !inverted) };
  }
  const operatorName = operator ?? (isRegex(value) ? '$regex' : '$eq');
  const said = {
    operatorName,
    specifiedAs: { [path]: value },
  };
  const found = leavesAt(doc, path.split('.'));
  if (!found.length && !ABOUT_MISSING.has(operatorName))
    return { ...said, reason: 'field was missing' };
  const holds = operatorName === '$exists' ? Boolean(argument) : true;
  const which = inverted === holds ? 1 : 0;
  const reason = REASONS[operatorName]?.[which] ?? 'comparison failed';
  return { ...said, reason, ...considered(found, operatorName === '$type') };
}

/** Where a path leads, through arrays on the way; an array at its end is one value. */
function leavesAt(v: Value, parts: readonly string[], i = 0): Value[] {
  const name = parts[i];
  if (name === undefined) return v === undefined ? [] : [v];
  if (isPlain(v)) return leavesAt(own(v, name), parts, i + 1);
  if (!isArr(v)) return [];
  if (digits(name)) return leavesAt(v[Number(name)], parts, i + 1);
  return v.flatMap((element) => (isPlain(element) ? leavesAt(element, parts, i) : []));
}

/** The values that were looked at, an array as a whole and element by element. */
function considered(found: readonly Value[], withType: boolean): Doc {
  const [only] = found;
  if (!found.length) return {};
  if (found.length > 1)
    return {
      consideredValues: [...found],
      ...(withType && { consideredTypes: [...new Set(found.map(typeName))] }),
    };
  if (isArr(only) && only.length && !withType) return { consideredValues: [...only, only] };
  return { consideredValue: only, ...(withType && { consideredType: typeName(only) }) };
}
