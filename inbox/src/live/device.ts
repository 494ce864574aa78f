import type { DeviceHello } from '../../../src/contract/wire.ts';
import { keep, kept } from '../state/keep.ts';

const isKey = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{16,64}$/.test(value);

/** Not `randomUUID`: pages without https have none. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

// A browser that keeps nothing is a new device each time.
let key: string | null = null;
function deviceKey(): string {
  key ??= kept('device', isKey) ?? newKey();
  keep('device', key);
  return key;
}

/** First match wins: browsers call themselves by each other's names. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];
const first = (names: readonly [RegExp, string][], agent: string): string | null =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? null;

/** What a browser says it is, for people: `Firefox on Linux`. */
export function deviceName(agent: string): string {
  const parts = [first(BROWSERS, agent) ?? 'Browser', first(SYSTEMS, agent)];
  return parts.filter(Boolean).join(' on ');
}

/** What this device says of itself. */
export function thisDevice(): DeviceHello {
  const agent = navigator.userAgent;
  return {
    key: deviceKey(),
    kind: /Mobi|iPhone|iPad|Android/i.test(agent) ? 'phone' : 'browser',
    name: deviceName(agent),
  };
}
