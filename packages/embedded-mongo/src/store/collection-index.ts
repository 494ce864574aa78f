import { compile, fieldsOf, type Pred } from '../match/index.ts';
import { collatorOf, type Collator, encodeKey, identical } from '../order/index.ts';
import { type Doc, isArr, own } from '../values/index.ts';
import { extract, type KeyValue } from './extract.ts';
import { indexPrefix } from './keys.ts';

/** The options of an index as createIndexes takes them and listIndexes gives them. */
export interface IndexSpec extends Doc {
  v: number;
  key: Doc;
  name: string;
}

/** The ordered keys of one document in one index. */
export interface DocumentKeys {
  keys: Buffer[];
  multi: boolean;
  lossy: boolean;
}

/** What the builder of an index has to know of writers. */
export interface Building {
  /** Rows that writers have already brought up to date in the index. */
  touched: Set<number>;
  /** Transactions that wrote before the index was announced: they know nothing of it. */
  unaware: ReadonlySet<object>;
}

/** Whether a field of an index's key stands for all fields, or for all below one. */
export const isWildcard = (field: string): boolean => field === '$**' || field.endsWith('.$**');

/** The name of every collection's index over `_id`. */
export const ID_INDEX = '_id_';

/**
 * One index of a collection: how its keys are made. `multikey` and `lossy` only ever become true:
 * some document had an array, or a key too long to be told apart by its bytes.
 */
export class CollectionIndex {
  readonly id: number;
  readonly spec: IndexSpec;
  readonly fields: readonly string[];
  readonly paths: readonly (readonly string[])[];
  readonly directions: number[];
  readonly prefix: Buffer;
  readonly filter: Pred | undefined;
  readonly collator: Collator | undefined;
  /** The top-level fields that its keys and its filter depend on; null when that may be any. */
  private readonly roots: readonly string[] | null;
  multikey: boolean;
  lossy: boolean;
  /**
   * An index of a kind that does not exist here (text, geo, wildcard): it may be declared, holds
   * nothing and is never used.
   */
  readonly inert: boolean;
  /** Present while the index is being built. */
  building: Building | null = null;
  /** Views of transactions that began before the index was built: its entries are not in them. */
  unseenBy = new WeakSet<object>();

  constructor(id: number, spec: IndexSpec, multikey = false, lossy = false) {
    this.id = id;
    this.spec = spec;
    this.fields = Object.keys(spec.key);
    this.paths = this.fields.map((field) => field.split('.'));
    this.directions = Object.values(spec.key).map((d) => (Number(d) < 0 ? -1 : 1));
    this.inert =
      Object.values(spec.key).some((d) => typeof d === 'string' && d !== 'hashed') ||
      this.fields.some((field) => isWildcard(field));
    this.prefix = indexPrefix(id);
    const partial = spec['partialFilterExpression'] as Doc | undefined;
    this.filter = partial ? compile(partial) : undefined;
    this.collator = collatorOf(spec['collation']);
    const filtered = partial ? fieldsOf(partial) : new Set<string>();
    const keyed = this.paths.map((path) => path[0] as string);
    this.roots = filtered && [...new Set([...filtered, ...keyed])];
    this.multikey = multikey;
    this.lossy = lossy;
  }

  get name(): string {
    return this.spec.name;
  }

  get unique(): boolean {
    return this.spec['unique'] === true || this.name === ID_INDEX;
  }

  get sparse(): boolean {
    return this.spec['sparse'] === true;
  }

  get hidden(): boolean {
    return this.spec['hidden'] === true;
  }

  /** Whether two versions of a document certainly have the same keys in this index. */
  sameKeys(old: Doc, doc: Doc): boolean {
    return this.roots?.every((root) => identical(own(old, root), own(doc, root))) ?? false;
  }

  /** The keys of a document, without the row id; null when the document is not in this index. */
  keysOf(doc: Doc): DocumentKeys | null {
    if (this.inert || (this.filter && !this.filter(doc, {}))) return null;
    const path = this.paths[0];
    if (this.paths.length === 1 && path?.length === 1) {
      const value = own(doc, path[0] as string);
      if (!isArr(value)) {
        if (value === undefined && this.sparse) return null;
        const key = encodeKey([value], this.directions, this.collator);
        return { keys: [key.enc], multi: false, lossy: key.lossy };
      }
    }
    const found = extract(doc, this.paths);
    if (this.sparse && !found.any) return null;
    const keys = new Map<string, Buffer>();
    let lossy = false;
    for (const row of found.rows) {
      const key = encodeKey(row, this.directions, this.collator);
      lossy ||= key.lossy;
      keys.set(key.enc.toString('latin1'), key.enc);
    }
    return { keys: [...keys.values()], multi: found.multi, lossy };
  }

  /** The values of a document in this index, as rows. */
  valuesOf(doc: Doc): KeyValue[][] {
    return extract(doc, this.paths).rows;
  }

  /** Notes what a document's keys show; true when that has to be saved. */
  learn(keys: DocumentKeys): boolean {
    const news = (keys.multi && !this.multikey) || (keys.lossy && !this.lossy);
    this.multikey ||= keys.multi;
    this.lossy ||= keys.lossy;
    return news;
  }
}
