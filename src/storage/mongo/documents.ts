import { mongo, Types } from 'mongoose';

/** A document as it lies in the database. */
export type Doc = mongo.Document;
/** A stored reference: an ObjectId, or the text itself where it is not the text of one. */
type Ref = Types.ObjectId | string;
/** A document with its id, as it is written. */
export type Row = Doc & { _id: Ref };
/** A native collection of documents. */
export type Table = mongo.Collection<Row>;

/**
 * Text → stored reference. Text that is no ObjectId stays text, so that a made-up id from a request finds nothing
 * instead of failing.
 */
export function ref(id: string): Ref {
  return /^[0-9a-f]{24}$/.test(id) ? new Types.ObjectId(id) : id;
}

/** `ref`, and null for null. */
export function refOrNull(id: string | null): Ref | null {
  return id === null ? null : ref(id);
}

/** `ref` of each. */
export function refs(ids: readonly string[]): Ref[] {
  return ids.map(ref);
}

/** A new document id. */
export function newId(): Types.ObjectId {
  return new Types.ObjectId();
}

/** Stored value → plain value, in place: ObjectIds become text, binaries Buffers. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) value[index] = plain(value[index]);
    return value;
  }
  if (value instanceof Types.ObjectId) return value.toHexString();
  if (value instanceof mongo.Binary) return Buffer.from(value.buffer.subarray(0, value.position));
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    if (field !== null && typeof field === 'object') fields[key] = plain(field);
  }
  return value;
}

/** How one kind of document and its plain object differ. */
interface Shape<T extends { id: string }> {
  /** Document → plain object; takes the document over. */
  read(doc: Doc): T;
  readOrNull(doc: Doc | null): T | null;
  readAll(docs: Doc[]): T[];
  /** Plain fields (all or some) → stored fields. Never contains `_id`; undefined fields are left out. */
  write(value: Partial<Omit<T, 'id'>>): Doc;
}

/**
 * `_id` ↔ `id`, the fields of `refs` ObjectId ↔ text; `inner` fields (search keys, markers) never come out;
 * `absent` are the values of fields that were not stored.
 */
export function shape<T extends { id: string }>(options: {
  refs?: readonly (keyof T & string)[];
  inner?: readonly string[];
  absent?: Partial<T>;
}): Shape<T> {
  const references = new Set<string>(options.refs);
  const left = new Set(['_id', ...(options.inner ?? [])]);
  const absent = Object.entries(options.absent ?? {});

  const stored = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(stored);
    return typeof value === 'string' ? ref(value) : value;
  };
  // Field by field: an object that fields were deleted from is slow for whoever reads it afterwards.
  const read = (doc: Doc): T => {
    const fields: Record<string, unknown> = { id: String(doc._id) };
    for (const name in doc) if (!left.has(name)) fields[name] = plain(doc[name]);
    for (const [name, value] of absent) if (fields[name] === undefined) fields[name] = value;
    return fields as T;
  };
  return {
    read,
    readOrNull: (doc) => (doc ? read(doc) : null),
    readAll: (docs) => docs.map(read),
    write: (value) => {
      const fields: Doc = {};
      for (const [name, field] of Object.entries(value)) {
        if (field === undefined || name === 'id') continue;
        fields[name] = references.has(name) ? stored(field) : field;
      }
      return fields;
    },
  };
}

/** Whether a write was refused by a unique index; `index`: by this one. */
export function isDuplicate(error: unknown, index?: string): boolean {
  if (!(error instanceof mongo.MongoServerError) || error.code !== 11000) return false;
  return index === undefined || error.message.includes(`index: ${index}`);
}

/** Runs `work`, once more when a unique index refused it: somebody else made the same thing at that moment. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return work();
  }
}
