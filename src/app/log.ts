import pino from 'pino';
import type { Log } from '../base/log.ts';

/** JSON lines on standard output. No message text, token or password is ever passed to it at info or above. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }) as unknown as Log;
}
