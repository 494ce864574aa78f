import { sliceEnd } from '../kv/turns.ts';
import type { Reader } from '../kv/view.ts';
import type { Reading } from '../session/cursors.ts';
import { type Collection, indexRange, type KeyRange } from '../store/index.ts';
import type { Doc } from '../values/index.ts';

const CHECK_CLOCK_EVERY = 256;

/** The bytes of a range's keys and values; gives a null whenever a slice is over. */
function* bytesOf(
  view: Reader,
  { lo, hi }: KeyRange,
  values: boolean,
): Generator<null, { keys: number; values: number }> {
  const out = { keys: 0, values: 0 };
  let from = lo;
  for (;;) {
    const scan = view.scan(from, hi, false, values);
    let last: Buffer | undefined;
    try {
      for (let end = sliceEnd(), n = 1, key = scan.next(); key; key = scan.next(), n++) {
        out.keys += key.length;
        if (values) out.values += scan.value().length;
        if (n % CHECK_CLOCK_EVERY !== 0 || performance.now() < end) continue;
        last = Buffer.from(key);
        break;
      }
    } finally {
      scan.close();
    }
    if (!last) return out;
    from = Buffer.concat([last, Buffer.alloc(1)]);
    yield null;
  }
}

/** How much a collection takes, in bytes. */
export interface Sizes {
  documents: number;
  /** Documents with their keys. */
  storage: number;
  indexes: Record<string, number>;
  allIndexes: number;
}

/** Measures a collection by reading it; gives a null whenever a slice is over. */
export function* measure(view: Reader, c: Collection): Generator<null, Sizes> {
  const { keys, values } = yield* bytesOf(view, c.range, true);
  const indexes: Record<string, number> = {};
  for (const index of c.indexes)
    indexes[index.name] = (yield* bytesOf(view, indexRange(index.id), false)).keys;
  const allIndexes = Object.values(indexes).reduce((sum, bytes) => sum + bytes, 0);
  return { documents: values, storage: keys + values, indexes, allIndexes };
}

/** The same, while others have their turns. */
export async function sizesOf(view: Reader, c: Collection, reading: Reading): Promise<Sizes> {
  const steps = measure(view, c);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await reading.breathe();
  }
}

/**
 * What collStats and `$collStats` tell of storage.
 * @see https://www.mongodb.com/docs/manual/reference/command/collStats/#output
 */
export function storageStats(c: Collection, sizes: Sizes, scale = 1): Doc {
  const scaled = (bytes: number): number => Math.floor(bytes / scale);
  return {
    size: scaled(sizes.documents),
    count: c.count,
    ...(c.count ? { avgObjSize: Math.floor(sizes.documents / c.count) } : {}),
    numOrphanDocs: 0,
    storageSize: scaled(sizes.storage),
    freeStorageSize: 0,
    capped: c.isCapped,
    ...(c.isCapped ? { max: Number(c.options['max'] ?? 0), maxSize: c.options['size'] } : {}),
    nindexes: c.indexes.length,
    indexBuilds: c.indexes.filter((index) => index.building).map((index) => index.name),
    totalIndexSize: scaled(sizes.allIndexes),
    totalSize: scaled(sizes.storage + sizes.allIndexes),
    indexSizes: Object.fromEntries(
      Object.entries(sizes.indexes).map(([name, bytes]) => [name, scaled(bytes)]),
    ),
    scaleFactor: scale,
  };
}
