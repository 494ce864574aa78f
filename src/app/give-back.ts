import v8 from 'node:v8';

/** V8 looks whether it may collect in small steps 8 s after the last whole collection, then up to three times. */
const LONG_ENOUGH_MS = 30_000;

/**
 * Has V8 give back what loading has left behind, about 30 MB of 150: otherwise it waits until few objects have been
 * made for minutes, and keeps its young generation as large as the start needed it. The flag is asked for each time V8
 * decides about a collection, and off again before it could slow a busy process down.
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function giveBackAfterStart(): void {
  v8.setFlagsFromString('--optimize-for-size');
  setTimeout(() => v8.setFlagsFromString('--no-optimize-for-size'), LONG_ENOUGH_MS).unref();
}
