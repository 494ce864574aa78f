import { MongoError } from '../../errors.ts';
import { type Doc, isArr, isPlain, show, typeName, type Value } from '../../values/index.ts';
import type { Call } from '../call.ts';
import { INTERNAL } from './store-each.ts';

/** What a `$merge` says. */
export interface MergeSpec {
  db: string;
  coll: string;
  /** The paths that documents are joined by. */
  on: string[];
  matched: string | Value[];
  unmatched: string;
  /** Its `let`. */
  bound: Doc | undefined;
}

const FIELDS = new Set(['into', 'on', 'let', 'whenMatched', 'whenNotMatched']);
const MATCHED = new Set(['replace', 'keepExisting', 'merge', 'fail']);
const UNMATCHED = new Set(['insert', 'discard', 'fail']);
/** What goes with nothing but the insertion of what has no match. */
const ONLY_INSERT = new Set(['keepExisting', 'fail']);

/**
 * Reads the argument of `$merge`.
 * @throws MongoError 2, 51178, 51186, 51187, 51189, 51199, 31320, 40414, 40415
 */
export function readMerge(call: Call, given: Value): MergeSpec {
  if (typeof given !== 'string' && !isPlain(given))
    throw new MongoError(
      51182,
      `$merge only supports a string or object argument, not ${typeName(given)}`,
    );
  const spec: Doc = isPlain(given) ? given : { into: given };
  for (const field of Object.keys(spec))
    if (!FIELDS.has(field))
      throw new MongoError(40415, `BSON field '$merge.${field}' is an unknown field.`);
  const matched = readMode(spec, 'whenMatched', 'merge', MATCHED);
  const unmatched = readMode(spec, 'whenNotMatched', 'insert', UNMATCHED) as string;
  if (!isArr(matched as Value) && ONLY_INSERT.has(matched as string) && unmatched !== 'insert')
    throw new MongoError(
      51189,
      `Combination of $merge modes 'whenMatched: ${String(matched)}' and 'whenNotMatched: ${unmatched}' is not supported`,
    );
  const bound = spec['let'];
  if (bound !== undefined && !isArr(matched as Value))
    throw new MongoError(
      51199,
      `Cannot use 'let' variables with 'whenMatched: ${String(matched)}' mode`,
    );
  return {
    ...readTarget(call, spec['into']),
    on: readOn(spec['on']),
    matched,
    unmatched,
    bound: isPlain(bound) ? bound : undefined,
  };
}

function readMode(
  spec: Doc,
  field: string,
  otherwise: string,
  known: ReadonlySet<string>,
): string | Value[] {
  const mode = spec[field] ?? otherwise;
  if (isArr(mode) && field === 'whenMatched') return mode;
  if (typeof mode === 'string' && known.has(mode)) return mode;
  if (typeof mode === 'string')
    throw new MongoError(
      2,
      `Enumeration value '${mode}' for field '$merge.${field}' is not a valid value.`,
    );
  throw new MongoError(
    51191,
    `Only string and array types allowed for $merge '${field}' field, but found ${typeName(mode)}`,
  );
}

function readTarget(call: Call, into: Value): { db: string; coll: string } {
  if (into === undefined)
    throw new MongoError(40414, "BSON field '$merge.into' is missing but a required field");
  if (typeof into !== 'string' && !isPlain(into))
    throw new MongoError(
      51178,
      `$merge 'into' field  must be either a string or an object, but found ${typeName(into)}`,
    );
  const { db = call.db, coll } = typeof into === 'string' ? { coll: into } : into;
  if (typeof db !== 'string' || typeof coll !== 'string' || !coll)
    throw new MongoError(73, `Invalid $merge target namespace: ${show(into)}`);
  if (INTERNAL.has(db)) throw new MongoError(31320, `Cannot $merge to internal database: ${db}`);
  return { db, coll };
}

function readOn(on: Value): string[] {
  if (on === undefined) return ['_id'];
  if (typeof on === 'string') return [on];
  if (!isArr(on))
    throw new MongoError(
      51186,
      `$merge 'on' field  must be either a string or an array of strings, but found ${typeName(on)}`,
    );
  if (!on.length)
    throw new MongoError(
      51187,
      "If explicitly specifying $merge 'on', must include at least one field",
    );
  return on.map((field) => {
    if (typeof field === 'string') return field;
    throw new MongoError(
      51134,
      `$merge 'on' array elements must be strings, but found ${typeName(field)}`,
    );
  });
}
