import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 64 * 1024;
const LENGTH_BYTES = 4;

/** Records with their lengths before them, one after the other in a file that nobody keeps. */
export class SpillFile {
  private readonly fd: number;
  private readonly wrote: (bytes: number) => void;
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private closed = false;

  /** @param wrote told of each piece that was written */
  constructor(file: string, wrote: (bytes: number) => void = () => undefined) {
    this.fd = openSync(file, 'wx+', 0o600);
    this.wrote = wrote;
    // Its name goes at once: whatever ends this process, the system takes the file back.
    rmSync(file);
  }

  write(record: Buffer): void {
    const head = Buffer.allocUnsafe(LENGTH_BYTES);
    head.writeUInt32LE(record.length, 0);
    this.pending.push(head, record);
    this.pendingBytes += record.length + LENGTH_BYTES;
    if (this.pendingBytes > CHUNK_BYTES) this.finish();
  }

  /** Writes what is still held back. */
  finish(): void {
    if (!this.pending.length) return;
    const bytes = Buffer.concat(this.pending);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.fd, bytes, at);
    this.pending = [];
    this.pendingBytes = 0;
    this.wrote(bytes.length);
  }

  /** All records; a record is good until the file is closed. */
  *read(): Generator<Buffer> {
    let at = 0;
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const wanted = rest.length < LENGTH_BYTES ? 0 : rest.readUInt32LE(0) - rest.length;
      const chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, wanted + LENGTH_BYTES));
      const n = this.closed ? 0 : readSync(this.fd, chunk, 0, chunk.length, at);
      if (!n) return;
      at += n;
      rest = Buffer.concat([rest, chunk.subarray(0, n)]);
      let p = 0;
      while (p + LENGTH_BYTES <= rest.length) {
        const end = p + LENGTH_BYTES + rest.readUInt32LE(p);
        if (end > rest.length) break;
        yield rest.subarray(p + LENGTH_BYTES, end);
        p = end;
      }
      rest = rest.subarray(p);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    closeSync(this.fd);
  }
}
