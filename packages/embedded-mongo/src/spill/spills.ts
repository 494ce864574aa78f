import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MongoError } from '../errors.ts';
import { SpillFile } from './spill-file.ts';

const FOLDER = 'spill';

/** Temporary files of work that memory does not suffice for: sorts and index builds. */
export class Spills {
  /** How many files were begun so far. */
  files = 0;
  /** How many bytes were written to them. */
  bytes = 0;
  private readonly dir: string;
  private readonly refuseWhenFull: () => void;

  /**
   * Removes what a process that died has left.
   * @param dir the database's folder
   * @param refuseWhenFull throws while the disk is nearly full
   */
  constructor(dir: string, refuseWhenFull: () => void) {
    this.dir = path.join(dir, FOLDER);
    this.refuseWhenFull = refuseWhenFull;
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** A new, empty file. @throws MongoError 14031 when the disk is nearly full */
  begin(): SpillFile {
    this.refuseWhenFull();
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    const file = path.join(this.dir, `${process.pid}-${this.files++}`);
    return new SpillFile(file, (bytes) => this.wrote(bytes));
  }

  private wrote(bytes: number): void {
    this.bytes += bytes;
    this.refuseWhenFull();
  }
}

/** The error of a sort that would have to go to disk and may not. */
export const refusedToSpill = (maxBytes: number): MongoError =>
  new MongoError(
    292,
    `Sort exceeded memory limit of ${maxBytes} bytes, but did not opt in to external sorting.`,
  );
