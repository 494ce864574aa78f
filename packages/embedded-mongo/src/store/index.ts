export { Collection } from './collection.ts';
export {
  CollectionIndex,
  type DocumentKeys,
  ID_INDEX,
  type IndexSpec,
  isWildcard,
} from './collection-index.ts';
export {
  insertDocument,
  lockName,
  MAX_DOCUMENT_BYTES,
  removeDocument,
  updateDocument,
} from './documents.ts';
export * from './keys.ts';
export { duplicateKey, refuseDuplicate } from './unique.ts';
export type { Change, Unit } from './unit.ts';
