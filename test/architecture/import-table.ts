/** What the sources of one folder may import beside their own folder. */
export interface Row {
  /** From the root; `<x>` stands for any one name. */
  folder: string;
  /** For the files that lie in it directly only: each folder in it needs a row of its own. */
  group?: true;
  /** Folders, with all in them. */
  may: readonly string[];
  /** Folders of which only types may be imported. */
  types?: readonly string[];
  /** Packages from the registry. */
  packages?: readonly string[];
  /** Built-in modules; left out: any. */
  builtIn?: readonly string[];
}

const CONTRACT = 'src/contract';
/** What server and browsers run alike. */
const RULES = 'src/contract/rules';
const BASE = 'src/base';
const DOMAIN = 'src/domain';
/** What a browser draws with. */
const DRAWING = ['preact', '@preact/signals'];

const domain = (name: string, packages: readonly string[] = []): Row => ({
  folder: `src/domain/${name}`,
  may: [BASE, CONTRACT, 'src/domain/events'],
  types: [DOMAIN],
  packages,
  builtIn: ['node:crypto', 'node:stream'],
});
const engine = (name: string, packages: readonly string[] = []): Row => ({
  folder: `src/engine/${name}`,
  may: [BASE, CONTRACT, DOMAIN],
  packages,
});
const surface = (name: string, packages: readonly string[]): Row => ({
  folder: `src/surfaces/${name}`,
  may: [BASE, CONTRACT, DOMAIN, 'src/engine', 'src/desk'],
  packages: ['zod', ...packages],
});

/**
 * Who may import whom. Channels, commands and flows know the contract and nothing else; the engine's parts meet through
 * events; surfaces never see each other or the storage. A folder without a row fails.
 */
export const TABLE: readonly Row[] = [
  { folder: CONTRACT, may: [], packages: ['zod'] },
  { folder: RULES, may: [] },
  { folder: BASE, may: [CONTRACT], packages: ['undici'] },

  { folder: 'channels', group: true, may: ['channels', CONTRACT] },
  { folder: 'channels/shared', may: [CONTRACT], packages: ['zod'] },
  { folder: 'channels/telegram', may: [CONTRACT, 'channels/shared'], packages: ['zod', 'grammy'] },
  { folder: 'channels/<x>', may: [CONTRACT, 'channels/shared'], packages: ['zod'] },
  { folder: 'flows', group: true, may: ['flows', CONTRACT] },
  { folder: 'flows/shared', may: [CONTRACT] },
  { folder: 'flows/<x>', may: [CONTRACT, 'flows/shared'], packages: ['zod'] },
  { folder: 'src/commands', may: [CONTRACT], packages: ['zod'] },

  { folder: DOMAIN, group: true, may: [], types: [DOMAIN] },
  domain('accounts', ['zod']),
  domain('conversations'),
  domain('crm', ['libphonenumber-js']),
  domain('events'),
  domain('flows'),
  domain('integration'),
  domain('lines'),
  domain('operators'),

  { folder: 'src/engine', group: true, may: [] },
  engine('accounts'),
  engine('delivery'),
  engine('flow-runner'),
  engine('ingress'),
  engine('presence', ['temporal-polyfill']),
  engine('push'),
  engine('router', ['temporal-polyfill']),
  engine('targets'),
  { folder: 'src/engine/router/strategies', may: [CONTRACT] },

  {
    folder: 'src/desk',
    may: [BASE, CONTRACT, DOMAIN, 'src/engine'],
    packages: ['zod', 'chrono-node', 'ical.js'],
  },
  {
    folder: 'src/desk/views',
    may: [BASE, CONTRACT, DOMAIN],
    types: ['src/desk'],
    packages: ['zod'],
  },
  {
    folder: 'src/desk/commands',
    may: [BASE, CONTRACT, DOMAIN, 'src/desk'],
    packages: ['chrono-node', 'temporal-polyfill'],
  },

  { folder: 'src/surfaces', group: true, may: [] },
  surface('http', [
    '@fastify/cookie',
    '@fastify/helmet',
    '@fastify/multipart',
    '@fastify/rate-limit',
    '@fastify/static',
    '@fastify/swagger',
    '@fastify/swagger-ui',
    'fastify',
    'prom-client',
  ]),
  surface('jobs', ['agenda', '@agendajs/mongo-backend']),
  surface('socket', ['socket.io']),
  surface('visitor', ['@fastify/static', 'fastify', 'ws']),

  { folder: 'src/storage', group: true, may: [] },
  { folder: 'src/storage/files', may: [BASE, CONTRACT], types: [DOMAIN] },
  {
    // The order of delivery states is the domain's rule, kept by conditional writes.
    folder: 'src/storage/mongo',
    may: [BASE, CONTRACT, 'src/domain/conversations'],
    types: [DOMAIN],
    packages: ['mongoose', 'mongodb'],
  },

  {
    folder: 'src/app',
    may: ['src', 'channels', 'flows'],
    packages: ['embedded-mongo', 'pino', 'zod'],
  },
  { folder: 'src/demo', may: ['src/app', BASE, CONTRACT] },
  { folder: 'src', group: true, may: ['src/app', BASE] },

  { folder: 'packages/embedded-mongo', may: [], packages: ['bson', 'lmdb'] },

  {
    folder: 'inbox',
    may: [RULES],
    types: [CONTRACT],
    packages: [
      ...DRAWING,
      '@tanstack/virtual-core',
      'emoji-picker-element',
      'preact-iso',
      'socket.io-client',
    ],
    builtIn: [],
  },
  { folder: 'web-widget', may: [], types: [CONTRACT], packages: ['preact'], builtIn: [] },
];
