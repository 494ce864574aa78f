import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

// The layout of LMDB's pages, as lmdb-js builds it (see its liblmdb/mdb.c: MDB_meta, MDB_db).
const MAGIC = 0xbeefc0de;
const PAGE_HEADER = 24;
const DATABASE_BYTES = 48;
const META = {
  magic: PAGE_HEADER,
  mapSize: PAGE_HEADER + 16,
  databases: PAGE_HEADER + 24,
  lastPage: PAGE_HEADER + 24 + 2 * DATABASE_BYTES,
  transaction: PAGE_HEADER + 24 + 2 * DATABASE_BYTES + 8,
  end: PAGE_HEADER + 24 + 2 * DATABASE_BYTES + 16,
} as const;
const ROOT_IN_DATABASE = 40;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;
const FLAG_BRANCH = 0x01;
const FLAG_LEAF = 0x02;
const FLAG_OVERFLOW = 0x04;
const NODE_HEADER = 8;
const NODE_BIG_DATA = 0x01;

/** A data file that is not whole. */
export class DamagedFile extends Error {
  constructor(file: string, what: string) {
    super(
      `The database file ${file} is damaged: ${what}. Restore it from a backup; nothing was changed.`,
    );
    this.name = 'DamagedFile';
  }
}

const DAMAGE = /^MDB_(PAGE_NOTFOUND|CORRUPTED|INVALID|BAD_TXN)\b/;

/** What LMDB threw, in clear words, when it stumbled over a page that is not whole. */
export function damageOf(error: unknown, file: string): DamagedFile | undefined {
  const message = error instanceof Error ? error.message : '';
  return DAMAGE.test(message)
    ? new DamagedFile(file, `a page is not readable (${message})`)
    : undefined;
}

interface Meta {
  pageSize: number;
  lastPage: bigint;
  transaction: bigint;
  /** Root pages of the list of free pages and of the keys. */
  roots: bigint[];
}

/**
 * Looks at a data file before it is mapped into memory, where a missing page would end the process
 * without a word. Reads the heads only, unless the file is shorter than it should be or `deep` is
 * asked for; then every page that is in use.
 * @throws DamagedFile
 */
export function checkFile(file: string, deep = false): { pages: number } {
  if (!existsSync(file)) return { pages: 0 };
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    if (size === 0) return { pages: 0 };
    const check = new FileCheck(file, fd, size);
    return { pages: check.run(deep) };
  } finally {
    closeSync(fd);
  }
}

class FileCheck {
  private readonly file: string;
  private readonly fd: number;
  private readonly size: number;
  private pageSize = 0;
  private readonly seen = new Set<bigint>();

  constructor(file: string, fd: number, size: number) {
    this.file = file;
    this.fd = fd;
    this.size = size;
  }

  run(deep: boolean): number {
    const meta = this.newestMeta();
    this.pageSize = meta.pageSize;
    const whole = BigInt(this.size) >= (meta.lastPage + 1n) * BigInt(meta.pageSize);
    for (const root of meta.roots) this.page(root);
    if (deep || !whole) for (const root of meta.roots) this.walk(root);
    return this.seen.size;
  }

  private newestMeta(): Meta {
    const first = this.meta(0);
    const pageSize = first?.pageSize ?? 4096;
    const second = this.meta(pageSize);
    const metas = [first, second].filter((meta) => meta !== undefined);
    const newest = metas.sort((a, b) => Number(b.transaction - a.transaction))[0];
    if (!newest) throw this.damaged('its head is missing or is not a database head');
    return newest;
  }

  private meta(at: number): Meta | undefined {
    const head = Buffer.alloc(META.end);
    if (readSync(this.fd, head, 0, META.end, at) < META.end) return undefined;
    if (head.readUInt32LE(META.magic) !== MAGIC) return undefined;
    const pageSize = head.readUInt32LE(META.databases);
    if (pageSize < 512 || pageSize > 65_536 || pageSize & (pageSize - 1)) return undefined;
    const root = (n: number): bigint =>
      head.readBigUInt64LE(META.databases + n * DATABASE_BYTES + ROOT_IN_DATABASE);
    return {
      pageSize,
      lastPage: head.readBigUInt64LE(META.lastPage),
      transaction: head.readBigUInt64LE(META.transaction),
      roots: [root(0), root(1)].filter((page) => page !== NO_PAGE),
    };
  }

  private page(number: bigint): Buffer {
    const bytes = Buffer.alloc(this.pageSize);
    const at = Number(number) * this.pageSize;
    if (readSync(this.fd, bytes, 0, this.pageSize, at) < this.pageSize)
      throw this.damaged(`page ${number} is missing, the file ends too early`);
    const named = bytes.readBigUInt64LE(0);
    if (named !== number) throw this.damaged(`page ${number} holds something else`);
    return bytes;
  }

  private walk(number: bigint): void {
    if (this.seen.has(number)) throw this.damaged(`page ${number} is used twice`);
    this.seen.add(number);
    const page = this.page(number);
    const flags = page.readUInt16LE(PAGE_HEADER - 6);
    const lower = page.readUInt16LE(PAGE_HEADER - 4);
    const upper = page.readUInt16LE(PAGE_HEADER - 2);
    if (!(flags & (FLAG_BRANCH | FLAG_LEAF)) || lower > upper || upper > this.pageSize)
      throw this.damaged(`page ${number} is not readable`);
    for (let i = 0; i < lower / 2; i++) this.node(page, number, i, Boolean(flags & FLAG_BRANCH));
  }

  private node(page: Buffer, number: bigint, i: number, branch: boolean): void {
    const at = page.readUInt16LE(PAGE_HEADER + 2 * i) + PAGE_HEADER;
    if (at + NODE_HEADER > this.pageSize) throw this.damaged(`page ${number} is not readable`);
    const low = BigInt(page.readUInt32LE(at));
    const flags = page.readUInt16LE(at + 4);
    if (branch) {
      this.walk(low | (BigInt(flags) << 32n));
      return;
    }
    if (!(flags & NODE_BIG_DATA)) return;
    const data = at + NODE_HEADER + page.readUInt16LE(at + 6);
    this.overflow(page.readBigUInt64LE(data), Number(low));
  }

  private overflow(number: bigint, bytes: number): void {
    const page = this.page(number);
    if (!(page.readUInt16LE(PAGE_HEADER - 6) & FLAG_OVERFLOW))
      throw this.damaged(`page ${number} is not readable`);
    if (Number(number) * this.pageSize + PAGE_HEADER + bytes > this.size)
      throw this.damaged(`page ${number} is cut off, the file ends too early`);
    this.seen.add(number);
  }

  private damaged(what: string): DamagedFile {
    return new DamagedFile(this.file, what);
  }
}
