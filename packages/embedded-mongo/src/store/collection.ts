import type { UUID } from 'bson';
import { MongoError } from '../errors.ts';
import { compile, type Pred, whyNot } from '../match/index.ts';
import type { Doc } from '../values/index.ts';
import type { CollectionIndex } from './collection-index.ts';
import { documentRange, type KeyRange } from './keys.ts';

/** What the server keeps in memory of one collection or view. */
export class Collection {
  readonly id: number;
  readonly uuid: UUID;
  db: string;
  name: string;
  options: Doc = {};
  indexes: CollectionIndex[] = [];
  count = 0;
  /** The bytes of its documents; kept of capped collections only. */
  bytes = 0;
  nextRow = 1;
  dropped = false;
  /** The transaction that makes it; until that commits nobody else sees it. */
  owner: object | null = null;
  private validator: Pred | undefined;

  constructor(id: number, db: string, name: string, options: Doc, uuid: UUID) {
    this.id = id;
    this.db = db;
    this.name = name;
    this.uuid = uuid;
    this.configure(options);
  }

  get ns(): string {
    return `${this.db}.${this.name}`;
  }

  get isView(): boolean {
    return this.options['viewOn'] !== undefined;
  }

  get isCapped(): boolean {
    return this.options['capped'] === true;
  }

  /** Whether change streams may tell what documents were before and after a change. */
  get keepsImages(): boolean {
    const images = this.options['changeStreamPreAndPostImages'];
    return (images as Doc | undefined)?.['enabled'] === true;
  }

  get range(): KeyRange {
    return documentRange(this.id);
  }

  /** Replaces the collection's options. */
  configure(options: Doc): void {
    const validator = options['validator'] as Doc | undefined;
    this.validator = validator && Object.keys(validator).length ? compile(validator) : undefined;
    this.options = options;
  }

  index(name: string): CollectionIndex | undefined {
    return this.indexes.find((index) => index.name === name);
  }

  /**
   * Holds a document against the collection's validator.
   * @throws MongoError 121
   * @see https://www.mongodb.com/docs/manual/core/schema-validation/
   */
  validate(doc: Doc): void {
    if (!this.validator || this.validator(doc, {})) return;
    if (this.options['validationLevel'] === 'off') return;
    if (this.options['validationAction'] === 'warn') return;
    const details = whyNot(this.options['validator'] as Doc, doc);
    throw new MongoError(121, 'Document failed validation', {
      extra: { errInfo: { failingDocumentId: doc['_id'], details } },
    });
  }
}
