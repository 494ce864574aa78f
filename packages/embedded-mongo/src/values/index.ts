export { clone } from './clone.ts';
export { decode } from './decode.ts';
export { encode } from './encode.ts';
export {
  isArr,
  isBinary,
  isDate,
  isDecimal,
  isDouble,
  isInt32,
  isLong,
  isNullish,
  isNum,
  isObjectId,
  isPlain,
  isRegex,
  isText,
  isTimestamp,
  numberKind,
  R,
  rank,
  TYPE_NUMBERS,
  typeName,
} from './kinds.ts';
export { arith, cmpNum, doubleOf, integerOf, isIntegral, toBigInt, toNumber } from './numbers.ts';
export { digits, own, setOwn, spreadAt, valueAt } from './path.ts';
export { toRegExp } from './regex.ts';
export { show } from './show.ts';
export { roughSize } from './size.ts';
export type { Doc, Numeric, Value } from './types.ts';
