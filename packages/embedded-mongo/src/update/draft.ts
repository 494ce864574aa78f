import { MongoError, badValue } from '../errors.ts';
import {
  digits,
  isArr,
  isPlain,
  own,
  setOwn,
  show,
  valueAt,
  type Doc,
  type Value,
} from '../values/index.ts';
import type { Slot } from './types.ts';

const LONGEST_BACKFILL = 1_500_000;

/**
 * A document being changed: documents and arrays are copied the first time a change goes through
 * them, so that the old document stays as it was.
 */
export class Draft {
  readonly root: Doc;
  readonly #old: Doc;
  readonly #copied = new Set<Doc | Value[]>();

  constructor(old: Doc) {
    this.#old = old;
    this.root = copyOf(old) as Doc;
    this.#copied.add(this.root);
  }

  /** The value at a path, arrays by index only. */
  at(path: readonly string[]): Value {
    return valueAt(this.root, path);
  }

  /**
   * The slot a path ends in.
   * @param create make missing documents on the way
   * @returns undefined when the path does not lead there and nothing is to be created
   * @throws MongoError 28 when a value on the way cannot hold the next name
   */
  open(path: readonly string[], create: boolean): Slot | undefined {
    let holder: Doc | Value[] = this.root;
    for (let i = 0; i < path.length - 1; i++) {
      const name = path[i] as string;
      const next = this.#enter(holder, name, path, i, create);
      if (!next) return undefined;
      holder = next;
    }
    const last = path[path.length - 1] as string;
    if (isArr(holder) && !digits(last)) {
      if (create) throw cannotCreate(last, path[path.length - 2], holder);
      return undefined;
    }
    return slotIn(holder, last, path.join('.'), this.#old['_id']);
  }

  #enter(
    holder: Doc | Value[],
    name: string,
    path: readonly string[],
    i: number,
    create: boolean,
  ): Doc | Value[] | undefined {
    if (isArr(holder) && !digits(name)) {
      if (create) throw cannotCreate(name, path[i - 1], holder);
      return undefined;
    }
    const v = read(holder, name);
    if (isArr(v) || isPlain(v)) {
      if (this.#copied.has(v)) return v;
      const copy = copyOf(v);
      return this.#adopt(holder, name, copy);
    }
    if (v === undefined) return create ? this.#adopt(holder, name, {}) : undefined;
    if (create) throw cannotCreate(path[i + 1] ?? '', name, v);
    return undefined;
  }

  #adopt(holder: Doc | Value[], name: string, v: Doc | Value[]): Doc | Value[] {
    this.#copied.add(v);
    write(holder, name, v);
    return v;
  }
}

function copyOf(v: Doc | Value[]): Doc | Value[] {
  if (isArr(v)) return v.slice();
  if (!Object.hasOwn(v, '__proto__')) return { ...v };
  const out: Doc = {};
  for (const name of Object.keys(v)) setOwn(out, name, v[name]);
  return out;
}

const read = (holder: Doc | Value[], name: string): Value =>
  isArr(holder) ? holder[Number(name)] : own(holder, name);

function write(holder: Doc | Value[], name: string, v: Value): void {
  if (!isArr(holder)) return setOwn(holder, name, v);
  const n = Number(name);
  if (n > holder.length + LONGEST_BACKFILL) {
    throw badValue(`can't backfill more than ${LONGEST_BACKFILL} elements`);
  }
  while (holder.length < n) holder.push(null);
  holder[n] = v;
}

const cannotCreate = (name: string, parent: string | undefined, v: Value): MongoError =>
  new MongoError(28, `Cannot create field '${name}' in element {${parent ?? ''}: ${show(v)}}`);

function slotIn(holder: Doc | Value[], name: string, path: string, id: Value): Slot {
  return {
    path,
    name,
    id,
    has: () => (isArr(holder) ? Number(name) < holder.length : Object.hasOwn(holder, name)),
    get: () => read(holder, name),
    set: (v) => write(holder, name, v),
    remove: () => {
      if (!isArr(holder)) delete holder[name];
      else if (Number(name) < holder.length) holder[Number(name)] = null;
    },
  };
}
