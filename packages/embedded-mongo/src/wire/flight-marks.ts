import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

const FILE = 'in-flight';
const FLYING = Buffer.from([1]);
const LANDED = Buffer.from([0]);

/** Where a database folder's marks are. */
export const flightMarksFile = (dir: string): string => path.join(dir, FILE);

/**
 * One byte per connection: whether a command was received on it and is not answered yet. It is
 * written to a file, never synced, so that the parent can read it when this process was killed.
 */
export class FlightMarks {
  private readonly fd: number;

  /** Begins anew: the connections of an earlier process are over. */
  constructor(dir: string) {
    this.fd = openSync(flightMarksFile(dir), 'w', 0o600);
  }

  begin(connection: number): void {
    writeSync(this.fd, FLYING, 0, 1, connection);
  }

  end(connection: number): void {
    writeSync(this.fd, LANDED, 0, 1, connection);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** Tells of each connection whether a command was in flight on it. */
export function readFlightMarks(dir: string): (connection: number) => boolean {
  let marks: Buffer;
  try {
    marks = readFileSync(flightMarksFile(dir));
  } catch {
    // The process ended before it had any connection.
    return () => false;
  }
  return (connection) => marks[connection] === 1;
}
