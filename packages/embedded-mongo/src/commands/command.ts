import type { Doc } from '../values/index.ts';
import type { Answer } from '../wire/answer.ts';
import type { Call } from './call.ts';

/** One command of the wire protocol. */
export interface Command {
  /** As the protocol spells it; the first field of a request. */
  name: string;
  /** Other spellings. */
  aliases?: readonly string[];
  /** The fields it understands beside the generic ones; any other is refused. */
  fields: readonly string[];
  /** Fields that are refused when they are set: not supported here. */
  refused?: readonly string[];
  /** Whether it may run inside a transaction; default false. */
  inTransaction?: boolean;
  /** Whether it makes the file grow; refused when the disk is nearly full. */
  grows?: boolean;
  /** Answers with a document or with one that is put together already. */
  run(call: Call): Promise<Doc | Answer> | Doc | Answer;
}
