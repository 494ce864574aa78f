import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

const FILE = 'in-flight';

/** What a connection was last seen doing. */
export const FLIGHT = {
  /** Nothing but hello has come on it: a driver's monitor, or a connection that nobody used yet. */
  greeted: 0,
  /** A command has come and its answer has not gone. */
  flying: 1,
  /** It has had commands, and all of them are answered. */
  landed: 2,
} as const;

export type FlightState = (typeof FLIGHT)[keyof typeof FLIGHT];

/** Where a database folder's marks are. */
export const flightMarksFile = (dir: string): string => path.join(dir, FILE);

/**
 * One byte per connection: what it was last seen doing. It is written to a file, never synced, so
 * that the parent can read it when this process was killed.
 */
export class FlightMarks {
  private readonly fd: number;
  private readonly byte = Buffer.alloc(1);

  /** Begins anew: the connections of an earlier process are over. */
  constructor(dir: string) {
    this.fd = openSync(flightMarksFile(dir), 'w', 0o600);
  }

  mark(connection: number, state: FlightState): void {
    this.byte[0] = state;
    writeSync(this.fd, this.byte, 0, 1, connection);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** Tells of each connection what it was last seen doing. */
export function readFlightMarks(dir: string): (connection: number) => FlightState {
  let marks: Buffer;
  try {
    marks = readFileSync(flightMarksFile(dir));
  } catch {
    // The process ended before it had any connection.
    return () => FLIGHT.greeted;
  }
  return (connection) => (marks[connection] ?? FLIGHT.greeted) as FlightState;
}
