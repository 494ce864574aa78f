import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';

/** What the product was started with. Parsed once, frozen. */
export interface Config {
  port: number;
  host: string;
  /** Null: `http://HOST:PORT`. No slash at the end. */
  publicUrl: string | null;
  dataDir: string;
  /** Null: the embedded database in `dataDir`. */
  mongoUri: string | null;
  /** What the embedded database may use for sorts, index builds and transactions, in megabytes. */
  embeddedMemoryMb: number;
  /** Null: generated into `dataDir`. */
  secretKey: string | null;
  trustProxy: boolean | string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  admin: { email: string; password: string } | null;
  allowPrivateProviderHosts: boolean;
  /** Lets a scraper read `/metrics`. */
  metricsToken: string | null;
}

const NAMES = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATA_DIR',
  'MONGODB_URI',
  'EMBEDDED_MEMORY_MB',
  'SECRET_KEY',
  'TRUST_PROXY',
  'LOG_LEVEL',
  'OPENLINE_ADMIN_EMAIL',
  'OPENLINE_ADMIN_PASSWORD',
  'ALLOW_PRIVATE_PROVIDER_HOSTS',
  'METRICS_TOKEN',
] as const;

const flag = z
  .enum(['1', '0', 'true', 'false', 'on', 'off', 'yes', 'no'], { error: 'takes on or off' })
  .transform((text) => ['1', 'true', 'on', 'yes'].includes(text));

const PROXIES = 'takes on, off, or addresses and ranges with commas between, like 10.0.0.0/8';

const MEGABYTES = 'takes whole megabytes, from 32 to 16384';

/** An address, a range of them, or a name that the web server knows for the usual ranges. */
const isProxy = (text: string): boolean => {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (more !== undefined || longest < 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
};

/** Everything that is built on it stands at the root of its host. */
const isBare = (address: string): boolean => {
  const { pathname, search, hash, username, password } = new URL(address);
  return /^\/*$/.test(pathname) && `${search}${hash}${username}${password}` === '';
};

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'takes a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65535, 'takes a number from 0 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[^[\]/]+$/, 'takes an address of this machine, like 127.0.0.1, ::1 or 0.0.0.0')
    .default('127.0.0.1'),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'takes an http or https address, like https://chat.example.org',
      abort: true,
    })
    .refine(
      isBare,
      'takes an address without a path or anything behind it, like https://chat.example.org',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z.string().default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'takes an address that begins with mongodb://')
    .optional(),
  EMBEDDED_MEMORY_MB: z
    .string()
    .regex(/^\d{1,5}$/, MEGABYTES)
    .transform(Number)
    .refine((mb) => mb >= 32 && mb <= 16_384, MEGABYTES)
    .default(256),
  SECRET_KEY: z.string().min(16, 'takes at least 16 characters').optional(),
  TRUST_PROXY: z
    .string()
    .transform((text) => {
      const on = flag.safeParse(text);
      return on.success ? on.data : text.split(',').map((part) => part.trim());
    })
    .refine((proxies) => typeof proxies === 'boolean' || proxies.every(isProxy), PROXIES)
    .default(false),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'takes fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  OPENLINE_ADMIN_EMAIL: z.email('takes an e-mail address').optional(),
  OPENLINE_ADMIN_PASSWORD: z
    .string()
    .min(10, 'takes 10 to 200 characters')
    .max(200, 'takes 10 to 200 characters')
    .optional(),
  ALLOW_PRIVATE_PROVIDER_HOSTS: flag.default(false),
  METRICS_TOKEN: z.string().min(16, 'takes at least 16 characters').optional(),
});

/** A setting that can not be used: its message is one plain sentence a line. */
export class ConfigError extends Error {}

/** Reads the environment. Empty values count as unset. Throws a ConfigError that names every setting at fault. */
export function readConfig(env: NodeJS.ProcessEnv): Readonly<Config> {
  const set = Object.fromEntries(NAMES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = schema.safeParse(set);
  const complaints = [
    ...unknownNames(env).map(
      (name) => `${name} is not a setting of Openline; see docs/administrators/settings.md.`,
    ),
    ...(parsed.error?.issues ?? []).map((issue) => `${String(issue.path[0])} ${issue.message}.`),
  ];
  if (Boolean(env.OPENLINE_ADMIN_EMAIL) !== Boolean(env.OPENLINE_ADMIN_PASSWORD)) {
    complaints.push('OPENLINE_ADMIN_EMAIL and OPENLINE_ADMIN_PASSWORD go together.');
  }
  if (!parsed.success || complaints.length > 0) throw new ConfigError(complaints.join('\n'));
  const { data } = parsed;
  return Object.freeze({
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL ?? null,
    dataDir: path.resolve(data.DATA_DIR),
    mongoUri: data.MONGODB_URI ?? null,
    embeddedMemoryMb: data.EMBEDDED_MEMORY_MB,
    secretKey: data.SECRET_KEY ?? null,
    trustProxy: data.TRUST_PROXY,
    logLevel: data.LOG_LEVEL,
    admin:
      data.OPENLINE_ADMIN_EMAIL && data.OPENLINE_ADMIN_PASSWORD
        ? { email: data.OPENLINE_ADMIN_EMAIL, password: data.OPENLINE_ADMIN_PASSWORD }
        : null,
    allowPrivateProviderHosts: data.ALLOW_PRIVATE_PROVIDER_HOSTS,
    metricsToken: data.METRICS_TOKEN ?? null,
  });
}

/** A misspelt setting of ours must not be ignored; other programs' variables are none of our business. */
function unknownNames(env: NodeJS.ProcessEnv): string[] {
  const known: readonly string[] = NAMES;
  return Object.keys(env).filter(
    (name) =>
      name.startsWith('OPENLINE_') && !name.startsWith('OPENLINE_TEST_') && !known.includes(name),
  );
}
