export { collatorOf, type Collator } from './collation.ts';
export { compare, compareText, equal, identical } from './compare.ts';
export { encodeKey, keyText, MAXENC, UNDEF, type EncodedKey, type KeyPart } from './key.ts';
export { sorterOf, sortFields, type Sorter, type SortField, type SortKey } from './sort.ts';
// The prototype kept these beside the order; they belong to the values.
export { isArr, isPlain, R, rank, cmpNum } from '../values/index.ts';
