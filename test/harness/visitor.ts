import { WebSocket } from 'ws';
import type { VisitorCall, VisitorNews } from '../../src/contract/visitor.ts';
import type { ChannelView, LineView, UserView } from '../../src/contract/wire.ts';
import type { TestApp } from './app.ts';

/** A line with a site widget and one operator, made through REST. */
export interface Shop {
  line: LineView;
  channel: ChannelView;
  operator: UserView;
  /** The operator's token. */
  token: string;
  /** Made secrets of the widget, shown once. */
  secrets: Record<string, string>;
}

let serial = 0;

/** Opens a shop. `config`: of the widget. The operator is online. */
export async function openShop(
  app: TestApp,
  config: Record<string, unknown> = {},
  line: Record<string, unknown> = {},
): Promise<Shop> {
  serial += 1;
  const email = `ann.${serial}@example.org`;
  const password = 'correct horse battery';
  const operator = await app.call<UserView>('POST', '/users', {
    name: 'Ann Archer',
    email,
    password,
    role: 'operator',
  });
  const made = await app.call<LineView>('POST', '/lines', {
    name: 'Shop',
    queue: 'evenly',
    members: [operator.body.id],
    ...line,
  });
  const channel = await app.call<ChannelView>('POST', '/channels', {
    type: 'webchat',
    name: 'Site',
    lineId: made.body.id,
    config,
  });
  if (channel.status !== 201) throw new Error(JSON.stringify(channel.body));
  await app.call('POST', `/channels/${channel.body.id}/connect`);
  const token = await app.signIn(email, password);
  await app.call('PUT', '/presence', { state: 'online' }, token);
  return {
    line: made.body,
    channel: channel.body,
    operator: operator.body,
    token,
    secrets: channel.body.secrets ?? {},
  };
}

type NewsOf<T extends VisitorNews['type']> = Extract<VisitorNews, { type: T }>;

/** A visitor's socket that remembers what it was told. */
export interface VisitorSocket {
  heard: VisitorNews[];
  say(call: VisitorCall | Record<string, unknown> | string): void;
  /** The first news of this kind, heard or still to come, that `good` says yes to. */
  hear<T extends VisitorNews['type']>(
    type: T,
    good?: (news: NewsOf<T>) => boolean,
  ): Promise<NewsOf<T>>;
  /** Forgets what was heard so far. */
  forget(): void;
  /** Resolves with the close code. */
  closed: Promise<number>;
  close(): void;
}

const PATIENCE_MS = 8_000;

/** Connects as a browser would. */
export async function connectVisitor(
  url: string,
  headers: Record<string, string> = { origin: url },
): Promise<VisitorSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/visitor`, { headers });
  const heard: VisitorNews[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)) as VisitorNews);
    for (const look of waiting) look();
  });
  await new Promise<void>((opened, failed) => {
    socket.once('open', () => opened());
    socket.once('error', failed);
  });
  return {
    heard,
    say: (call) => socket.send(typeof call === 'string' ? call : JSON.stringify(call)),
    hear(type, good = () => true) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = heard.find(
            (news): news is NewsOf<typeof type> =>
              news.type === type && good(news as NewsOf<typeof type>),
          );
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(
            new Error(
              `Waited for "${type}"; heard ${JSON.stringify(heard.slice(-6)).slice(-3000)}`,
            ),
          );
        }, PATIENCE_MS);
        waiting.add(look);
        look();
      });
    },
    forget: () => void heard.splice(0),
    closed,
    close: () => socket.close(),
  };
}
