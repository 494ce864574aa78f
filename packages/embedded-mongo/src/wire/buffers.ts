/**
 * Buffers that are used again. A new one is memory outside of V8's heap, and for every so many
 * megabytes of that V8 collects all garbage: with a buffer for each answer, twenty times a second.
 */
const KINDS: readonly { bytes: number; kept: number; free: Buffer[] }[] = [
  { bytes: 64 * 1024, kept: 64, free: [] },
  // A whole batch with what goes around it.
  { bytes: 1280 * 1024, kept: 4, free: [] },
];

/** A buffer of at least so many bytes, with anything in it. */
export function borrow(bytes: number): Buffer {
  const kind = KINDS.find((one) => bytes <= one.bytes);
  return kind?.free.pop() ?? Buffer.allocUnsafeSlow(kind?.bytes ?? bytes);
}

/** Takes back a buffer that nobody looks at any more. */
export function giveBack(buffer: Buffer): void {
  const kind = KINDS.find((one) => buffer.length === one.bytes);
  if (kind && kind.free.length < kind.kept) kind.free.push(buffer);
}
