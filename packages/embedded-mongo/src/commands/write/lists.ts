import { decode, type Doc, isArr, isPlain } from '../../values/index.ts';
import { encode } from '../../values/index.ts';
import { MongoError } from '../../errors.ts';
import type { Call } from '../call.ts';

/** A command's long list, each entry as BSON. @throws MongoError 40414, 14 */
export function rawList(call: Call, field: string): Buffer[] {
  const cut = call.lists.get(field);
  if (cut) return cut;
  const given = call.command[field];
  if (isArr(given) && given.every((entry) => isPlain(entry)))
    return given.map((entry) => encode(entry as Doc));
  if (given === undefined)
    throw new MongoError(
      40414,
      `BSON field '${call.name}.${field}' is missing but a required field`,
    );
  throw new MongoError(
    14,
    `BSON field '${call.name}.${field}' is the wrong type, expected type 'array'`,
  );
}

/** Entry `index` of a long list. */
export const entryOf = (list: readonly Buffer[], index: number): Doc =>
  decode(list[index] as Buffer);
