import { decode, type Doc, encode, type Value } from '../values/index.ts';
import { EMPTY, type SortKey } from './sort.ts';

/** A sort key as BSON; an empty array, which is no value, is a field that is missing. */
export function packKey(key: SortKey, more: Doc): Buffer {
  const doc: Doc = {};
  for (const [i, value] of key.entries())
    if ((value as unknown) !== EMPTY) doc[`k${i}`] = value === undefined ? null : value;
  return encode({ ...doc, ...more });
}

/** What `packKey` has packed: the key, of so many fields, and what came with it. */
export function unpackKey(record: Buffer, fields: number): { key: SortKey; more: Doc } {
  const more = decode(record);
  const key: SortKey = [];
  for (let i = 0; i < fields; i++) {
    const name = `k${i}`;
    key.push((name in more ? more[name] : EMPTY) as Value);
    delete more[name];
  }
  return { key, more };
}
