/** Exit codes, by which a supervisor tells what to do. */
export const EXIT = {
  failed: 1,
  usage: 64,
  /** The folder is in use by another process. */
  inUse: 73,
  /** The disk refused a write. */
  diskFull: 74,
  /** The data file is not whole; starting again does not help. */
  damaged: 76,
} as const;

/** What a server says on standard output, one JSON line each. */
export type Report =
  | { state: 'ready'; socket: string; pid: number }
  | { state: 'failed'; code: number; message: string };
