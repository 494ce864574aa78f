import type { InboundEvent } from '../../src/contract/inbound.ts';

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e300,
  8.64e15 + 1,
  253_402_300_800,
  '',
  '9999999-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '\ud800',
  'x'.repeat(70_000),
  [],
  {},
  [[[[]]]],
];

type Path = readonly (string | number)[];

function* leaves(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* leaves(item, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key]);
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (index === head ? replaced(item, rest, by) : item));
  return {
    ...(value as object),
    [head]: replaced((value as Record<string, unknown>)[head], rest, by),
  };
}

/** The value with each of its parts, one at a time, replaced by each of the odd values. */
export function* fixtureMutations(value: unknown): Generator<[where: string, changed: unknown]> {
  for (const path of leaves(value))
    for (const odd of ODD_VALUES)
      yield [`${path.join('.')} = ${String(odd).slice(0, 20)}`, replaced(value, path, odd)];
}

const isText = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= max;

/** What is wrong with an event by the contract; null when nothing is. */
export function unsound(event: InboundEvent, now: Date): string | null {
  if (!isText(event.id, 256)) return `id of ${event.type}`;
  if (!(event.at instanceof Date) || Number.isNaN(event.at.getTime()))
    return `time of ${event.type}`;
  if (event.at.getUTCFullYear() < 2000 || event.at.getTime() > now.getTime() + 2 * 86_400_000)
    return `absurd time ${event.at.toISOString()}`;
  // A receipt may name only the message.
  if (event.type !== 'receipt' && !isText(event.chat.id, 256)) return `chat of ${event.type}`;
  if ('messageId' in event && event.messageId !== undefined && !isText(event.messageId, 256))
    return 'message id';
  if ('from' in event && !isText(event.from.id, 256)) return 'person id';
  if ('parts' in event)
    for (const part of event.parts) {
      if ('file' in part && !isText(part.file.ref, 4096)) return 'file reference';
      if (part.kind === 'text' && typeof part.text !== 'string') return 'text';
      if (part.kind === 'text')
        for (const { offset, length } of part.marks ?? [])
          if (offset < 0 || length <= 0 || offset + length > part.text.length)
            return 'mark outside of its text';
    }
  return null;
}
