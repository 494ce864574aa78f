import type { Connection } from 'mongoose';

/** One step forward of the stored data. It may be cut off anywhere and is then run again from its beginning. */
export interface Migration {
  /** Number and name, as its file: `0001-begin`. Never changed once released. */
  id: string;
  up(connection: Connection): Promise<void>;
}
