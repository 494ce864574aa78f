import { BSONSymbol, Code } from 'bson';
import {
  isArr,
  isBinary,
  isDate,
  isDecimal,
  isLong,
  isNum,
  isObjectId,
  isRegex,
  isTimestamp,
  typeName,
} from './kinds.ts';
import { toNumber } from './numbers.ts';
import type { Doc, Value } from './types.ts';

/** A value as MongoDB's messages print it, e.g. `{ a: 1, b: "x" }`. */
export function show(v: Value): string {
  if (v === undefined) return 'MISSING';
  if (v === null) return 'null';
  if (typeof v === 'string') return `"${v}"`;
  if (typeof v === 'boolean') return String(v);
  if (isNum(v)) return isDecimal(v) || isLong(v) ? v.toString() : String(toNumber(v));
  if (isObjectId(v)) return `ObjectId('${v.toHexString()}')`;
  if (isDate(v)) return `new Date(${v.getTime()})`;
  if (isRegex(v)) return `/${v.pattern}/${v.options}`;
  if (isBinary(v)) return `BinData(${v.sub_type}, ${v.toString('hex').toUpperCase()})`;
  if (isTimestamp(v)) return `Timestamp(${v.t}, ${v.i})`;
  if (isArr(v)) return v.length === 0 ? '[]' : `[ ${v.map(show).join(', ')} ]`;
  if (v instanceof BSONSymbol) return `"${v.value}"`;
  if (v instanceof Code) return `Code("${v.code}")`;
  const kind = typeName(v);
  return kind === 'object' ? showDoc(v as Doc) : kind === 'minKey' ? 'MinKey' : 'MaxKey';
}

function showDoc(v: Doc): string {
  const fields = Object.keys(v).map((name) => `${name}: ${show(v[name])}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
