import { z } from 'zod';
import { isSealed } from './secrets.ts';
import type { Keys } from './secrets.ts';

type Config = Record<string, unknown>;

/** Names of the top-level fields that the schema marks `.meta({ secret: true })`. */
export function secretFields(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return Object.entries(json.properties ?? {})
    .filter(([, field]) => typeof field === 'object' && (field as { secret?: boolean }).secret)
    .map(([name]) => name);
}

const change = (schema: z.ZodType, config: Config, turn: (value: string) => string): Config => {
  const copy = { ...config };
  for (const name of secretFields(schema)) {
    const value = copy[name];
    if (typeof value === 'string' && value !== '') copy[name] = turn(value);
  }
  return copy;
};

/** Secrets sealed, for the database. */
export function sealConfig(schema: z.ZodType, config: Config, keys: Keys): Config {
  return change(schema, config, (value) => (isSealed(value) ? value : keys.seal(value)));
}

/** Secrets opened, for the channel alone. */
export function openConfig(schema: z.ZodType, config: Config, keys: Keys): Config {
  return change(schema, config, (value) => (isSealed(value) ? keys.open(value) : value));
}

const MASK = '••••';

/** Secrets masked, for people: the last four characters of those that have at least twelve. */
export function maskConfig(schema: z.ZodType, config: Config, keys: Keys): Config {
  return change(schema, config, (value) => {
    const plain = isSealed(value) ? keys.open(value) : value;
    return plain.length >= 12 ? MASK + plain.slice(-4) : MASK;
  });
}

/** What a person sent back, with masked fields taken from what was stored. */
export function unmaskConfig(schema: z.ZodType, sent: Config, stored: Config): Config {
  const copy = { ...sent };
  for (const name of secretFields(schema)) {
    const value = copy[name];
    if (typeof value === 'string' && value.startsWith(MASK)) copy[name] = stored[name];
  }
  return copy;
}
