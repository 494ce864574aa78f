import { UUID } from 'bson';
import { MongoError } from '../errors.ts';
import type { Reader, View } from '../kv/view.ts';
import {
  catalogKey,
  catalogRange,
  Collection,
  CollectionIndex,
  countKey,
  garbageKey,
  ID_INDEX,
  indexRange,
  type IndexSpec,
  type KeyRange,
  nextIdKey,
  rowOf,
} from '../store/index.ts';
import { decode, type Doc, encode, type Value } from '../values/index.ts';

const COUNT_BYTES = 6;

/** Which collections and indexes there are; kept in memory, saved record by record. */
export class Catalog {
  private readonly byNamespace = new Map<string, Collection>();
  private nextId = 1;

  /** Reads the catalog; `orphans` are ranges of indexes whose building was cut short. */
  static load(view: Reader): { catalog: Catalog; orphans: KeyRange[] } {
    const catalog = new Catalog();
    const orphans: KeyRange[] = [];
    const { lo, hi } = catalogRange();
    const scan = view.scan(lo, hi, false, true);
    for (let key = scan.next(); key; key = scan.next()) {
      const { collection, unfinished } = readRecord(decode(scan.value()));
      orphans.push(...unfinished.map(indexRange));
      catalog.byNamespace.set(collection.ns, collection);
      const ids = [collection.id, ...collection.indexes.map((index) => index.id), ...unfinished];
      catalog.nextId = Math.max(catalog.nextId, 1 + Math.max(...ids));
    }
    scan.close();
    for (const c of catalog.byNamespace.values()) readCounters(view, c);
    const nextId = view.get(nextIdKey());
    if (nextId) catalog.nextId = Math.max(catalog.nextId, nextId.readUInt32BE(0));
    return { catalog, orphans };
  }

  /** The collection or view of that name, as `txn` sees it. */
  get(db: string, name: string, txn?: object): Collection | undefined {
    return this.at(`${db}.${name}`, txn);
  }

  /** The same by its namespace. */
  at(ns: string, txn?: object): Collection | undefined {
    const c = this.byNamespace.get(ns);
    return c && (c.owner === null || c.owner === txn) ? c : undefined;
  }

  /** Who has the namespace, whether others see it or not. */
  holder(db: string, name: string): Collection | undefined {
    return this.byNamespace.get(`${db}.${name}`);
  }

  has(c: Collection): boolean {
    return this.byNamespace.get(c.ns) === c;
  }

  /** What everybody sees. */
  all(): Collection[] {
    return [...this.byNamespace.values()].filter((c) => c.owner === null);
  }

  /** What transactions have made and not committed. */
  unborn(): Collection[] {
    return [...this.byNamespace.values()].filter((c) => c.owner !== null);
  }

  of(db: string): Collection[] {
    return this.all().filter((c) => c.db === db);
  }

  /**
   * Adds a collection or view, for everybody or for the transaction that makes it.
   * @throws MongoError 73 when the name is not allowed
   * @see https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
   */
  create(view: View, db: string, name: string, options: Doc = {}, owner?: object): Collection {
    checkName(db, name);
    const c = new Collection(this.newId(view), db, name, options, new UUID());
    c.owner = owner ?? null;
    if (!c.isView)
      c.indexes.push(
        new CollectionIndex(this.newId(view), { v: 2, key: { _id: 1 }, name: ID_INDEX }),
      );
    this.byNamespace.set(c.ns, c);
    this.save(view, c);
    return c;
  }

  /** Takes a collection out; its keys become garbage, swept later. */
  drop(view: View, c: Collection): void {
    view.del(catalogKey(c.ns));
    view.del(countKey(c.id));
    this.byNamespace.delete(c.ns);
    c.dropped = true;
    discard(view, c.range);
    for (const index of c.indexes) discard(view, indexRange(index.id));
  }

  rename(view: View, c: Collection, db: string, name: string): void {
    checkName(db, name);
    view.del(catalogKey(c.ns));
    this.byNamespace.delete(c.ns);
    c.db = db;
    c.name = name;
    this.byNamespace.set(c.ns, c);
    this.save(view, c);
  }

  /** Adds an index that is to be filled by its builder. */
  addIndex(
    view: View,
    c: Collection,
    spec: IndexSpec,
    unaware: ReadonlySet<object>,
  ): CollectionIndex {
    const index = new CollectionIndex(this.newId(view), spec);
    index.building = { touched: new Set(), unaware };
    c.indexes.push(index);
    this.save(view, c);
    return index;
  }

  dropIndex(view: View, c: Collection, index: CollectionIndex): void {
    c.indexes = c.indexes.filter((other) => other !== index);
    discard(view, indexRange(index.id));
    this.save(view, c);
  }

  save(view: View, c: Collection): void {
    const indexes = c.indexes.map((index) => ({
      id: index.id,
      spec: index.spec,
      multikey: index.multikey,
      lossy: index.lossy,
      building: index.building !== null,
    }));
    const { id, db, name, options, uuid } = c;
    const record = { id, db, name, options, uuid, indexes, unborn: c.owner !== null };
    view.put(catalogKey(c.ns), encode(record));
  }

  saveCount(view: View, c: Collection): void {
    const value = Buffer.alloc(c.isCapped ? 2 * COUNT_BYTES : COUNT_BYTES);
    value.writeUIntBE(Math.max(0, c.count), 0, COUNT_BYTES);
    if (c.isCapped) value.writeUIntBE(Math.max(0, c.bytes), COUNT_BYTES, COUNT_BYTES);
    view.put(countKey(c.id), value);
  }

  private newId(view: View): number {
    const id = this.nextId++;
    const value = Buffer.alloc(4);
    value.writeUInt32BE(this.nextId);
    view.put(nextIdKey(), value);
    return id;
  }
}

/** Notes a range of keys for the sweeper. */
export function discard(view: View, range: KeyRange): void {
  view.put(garbageKey(range), range.hi);
}

function checkName(db: string, name: string): void {
  const ns = `${db}.${name}`;
  if (!name || name.includes('\0') || name.startsWith('.') || name.includes('$'))
    throw new MongoError(73, `Invalid namespace specified '${ns}'`);
  if (Buffer.byteLength(ns) > 255)
    throw new MongoError(73, `Fully qualified namespace is too long. Namespace: ${ns} Max: 255`);
}

/** The owner of collections whose transaction ended with an earlier process. */
const LOST = {};

interface IndexRecord extends Doc {
  id: number;
  spec: IndexSpec;
  multikey: boolean;
  lossy: boolean;
  building: boolean;
}

function readRecord(record: Doc): { collection: Collection; unfinished: number[] } {
  const indexes = record['indexes'] as Value as IndexRecord[];
  const collection = new Collection(
    record['id'] as number,
    record['db'] as string,
    record['name'] as string,
    record['options'] as Doc,
    new UUID((record['uuid'] as UUID).buffer),
  );
  if (record['unborn'] === true) collection.owner = LOST;
  collection.indexes = indexes
    .filter((index) => !index.building)
    .map((index) => new CollectionIndex(index.id, index.spec, index.multikey, index.lossy));
  return {
    collection,
    unfinished: indexes.filter((index) => index.building).map((index) => index.id),
  };
}

function readCounters(view: Reader, c: Collection): void {
  const counted = view.get(countKey(c.id));
  c.count = counted?.readUIntBE(0, COUNT_BYTES) ?? 0;
  if (counted && counted.length > COUNT_BYTES)
    c.bytes = counted.readUIntBE(COUNT_BYTES, COUNT_BYTES);
  else if (c.isCapped) c.bytes = bytesIn(view, c.range);
  const { lo, hi } = c.range;
  const scan = view.scan(lo, hi, true, false);
  const last = scan.next();
  scan.close();
  c.nextRow = last ? rowOf(last) + 1 : 1;
}

/** For capped collections whose bytes nobody had counted yet. */
function bytesIn(view: Reader, { lo, hi }: KeyRange): number {
  let bytes = 0;
  const scan = view.scan(lo, hi, false, true);
  while (scan.next()) bytes += scan.value().length;
  scan.close();
  return bytes;
}
