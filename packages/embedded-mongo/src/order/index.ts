export { collatorOf, type Collator } from './collation.ts';
export { compare, compareText, equal, identical } from './compare.ts';
export { sortGradually } from './gradual.ts';
export { packKey, unpackKey } from './key-record.ts';
export { letGo, mergeSorted } from './merge.ts';
export { encodeKey, keyText, MAXENC, UNDEF } from './key.ts';
export { sorterOf, type Sorter, type SortField, type SortKey } from './sort.ts';
