import { MongoError } from '../errors.ts';
import { truthy } from '../expression/index.ts';
import {
  type Doc,
  isArr,
  isNum,
  isPlain,
  toNumber,
  typeName,
  type Value,
} from '../values/index.ts';

/** A number argument, or `otherwise` when it is not given. */
export function numberOf(value: Value, otherwise: number): number {
  return value === undefined || value === null ? otherwise : isNum(value) ? toNumber(value) : NaN;
}

/** Whether a flag is set; MongoDB takes numbers for flags too. */
export const flag = (value: Value): boolean => truthy(value);

const wrongType = (path: string, value: Value, expected: string): MongoError =>
  new MongoError(
    14,
    `BSON field '${path}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  );

/** A command's arguments, read with MongoDB's errors. */
export class Arguments {
  private readonly name: string;
  private readonly command: Doc;

  constructor(name: string, command: Doc) {
    this.name = name;
    this.command = command;
  }

  /** @throws MongoError 14 */
  doc(field: string): Doc | undefined {
    const value = this.command[field];
    if (value === undefined || value === null) return undefined;
    if (isPlain(value)) return value;
    throw wrongType(`${this.name}.${field}`, value, 'object');
  }

  /** A whole number of at least `least`. @throws MongoError 14, 51024 */
  count(field: string, least = 0): number | undefined {
    const value = this.command[field];
    if (value === undefined || value === null) return undefined;
    if (!isNum(value)) throw wrongType(`${this.name}.${field}`, value, 'number');
    const n = toNumber(value);
    if (n >= least) return Math.trunc(n);
    throw new MongoError(
      51024,
      `BSON field '${field}' value must be >= ${least}, actual value '${n}'`,
    );
  }

  flag(field: string): boolean {
    return flag(this.command[field]);
  }

  /** @throws MongoError 14, 40414 */
  text(field: string): string {
    const value = this.command[field];
    if (typeof value === 'string') return value;
    if (value === undefined)
      throw new MongoError(
        40414,
        `BSON field '${this.name}.${field}' is missing but a required field`,
      );
    throw wrongType(`${this.name}.${field}`, value, 'string');
  }

  /** @throws MongoError 14 */
  list(field: string): Value[] | undefined {
    const value = this.command[field];
    if (value === undefined || value === null) return undefined;
    if (isArr(value)) return value;
    throw wrongType(`${this.name}.${field}`, value, 'array');
  }

  /** The collection the command is about. @throws MongoError 73 */
  collection(field = this.name): string {
    const value = this.command[field];
    if (typeof value !== 'string')
      throw new MongoError(73, `collection name has invalid type ${typeName(value)}`);
    if (!value) throw new MongoError(73, 'Invalid namespace specified: empty collection name');
    return value;
  }

  /** `cursor.batchSize`. */
  cursorBatch(): number | undefined {
    const cursor = this.doc('cursor');
    return cursor && new Arguments(`${this.name}.cursor`, cursor).count('batchSize');
  }
}
