import { sliceEnd } from '../kv/turns.ts';
import type { Reader } from '../kv/view.ts';
import { Rows } from '../plan/index.ts';
import type { Reading } from '../session/cursors.ts';
import { type Collection, entryKey, indexRange } from '../store/index.ts';
import type { Doc } from '../values/index.ts';

/** What a comparison of a collection with its indexes found. */
export interface Verification {
  documents: number;
  /** Keys per index. */
  keys: Doc;
  /** One sentence each; empty when all is well. */
  errors: string[];
}

/** Reads every document, looks for each of its index entries, and counts both. */
export async function verifyCollection(
  view: Reader,
  c: Collection,
  reading: Reading,
): Promise<Verification> {
  const errors: string[] = [];
  const expected = new Map(c.indexes.map((index) => [index, 0]));
  let documents = 0;
  const rows = new Rows(view, c, { kind: 'collection', reverse: false, sorted: true });
  for (let end = sliceEnd(), row = rows.next(); row; row = rows.next()) {
    documents++;
    for (const index of c.indexes) {
      const keys = index.keysOf(row.doc)?.keys ?? [];
      expected.set(index, (expected.get(index) ?? 0) + keys.length);
      for (const key of keys)
        if (!view.get(entryKey(index.prefix, key, row.id)) && errors.length < 20)
          errors.push(`index ${index.name}: row ${row.id} is missing`);
    }
    if (performance.now() < end) continue;
    rows.suspend();
    await reading.breathe();
    end = sliceEnd();
  }
  rows.suspend();
  if (documents !== c.count) errors.push(`${documents} documents found, ${c.count} counted`);
  for (const [index, keys] of expected) {
    const found = countKeys(view, indexRange(index.id));
    if (found !== keys)
      errors.push(`index ${index.name}: ${found} entries found, ${keys} expected`);
  }
  const keys = Object.fromEntries([...expected].map(([index, n]) => [index.name, n]));
  return { documents, keys, errors };
}

function countKeys(view: Reader, range: { lo: Buffer; hi: Buffer }): number {
  const scan = view.scan(range.lo, range.hi, false, false);
  let n = 0;
  while (scan.next()) n++;
  scan.close();
  return n;
}
