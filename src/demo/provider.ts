import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { MadeFile } from './files.ts';

/** What the pretend provider took from us. */
export interface Taken {
  chat: string;
  /** The provider's id of it. */
  id: string;
  /** What pressing its buttons sends back. */
  tokens: readonly string[];
}

/** As much of a message as the pretend provider looks at. */
interface Posted {
  chat: string;
  buttons?: readonly { token?: string }[];
}

/** A provider in this process, on loopback: takes messages, serves files and the page of a pretend shop. */
export interface Provider {
  url: string;
  /** How the next message to this chat is answered: with a refusal, or with a failure that leaves it open. */
  refuseNext(chat: string, status: 403 | 500): void;
  /** Told of each message taken; one listener. */
  onTaken(listener: (taken: Taken) => void): void;
  /** What `/` shows. */
  showPage(html: string): void;
  close(): Promise<void>;
}

/** As long as a provider takes, so that "sending" can be seen. */
const ANSWER_MS = 15;

/** Starts it on a free port. */
export async function startProvider(files: ReadonlyMap<string, MadeFile>): Promise<Provider> {
  const refusals = new Map<string, number>();
  let listener: (taken: Taken) => void = () => {};
  let page = '';
  let serial = 0;

  const takeMessage = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const posted = JSON.parse((await buffer(request)).toString('utf8')) as Posted;
    const { chat } = posted;
    await wait(ANSWER_MS);
    const status = refusals.get(chat);
    if (status) {
      refusals.delete(chat);
      const error = status === 403 ? 'the customer has blocked you' : 'something broke here';
      answer(response, status, JSON.stringify({ error }));
      return;
    }
    serial += 1;
    const id = `p${serial}`;
    answer(response, 200, JSON.stringify({ id }));
    const buttons = posted.buttons ?? [];
    listener({ chat, id, tokens: buttons.flatMap(({ token }) => token ?? []) });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith('/files/')
      ? files.get(decodeURIComponent(pathname.slice('/files/'.length)))
      : undefined;
    if (request.method === 'POST' && pathname === '/messages') await takeMessage(request, response);
    else if (request.method === 'POST') answer(response, 200, '{}');
    else if (file) answer(response, 200, file.content, file.mime);
    else if (pathname === '/') answer(response, 200, page, 'text/html; charset=utf-8');
    else answer(response, 404, '{}');
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => answer(response, 500, '{}'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    refuseNext: (chat, status) => void refusals.set(chat, status),
    onTaken(told) {
      listener = told;
    },
    showPage(html) {
      page = html;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  type = 'application/json',
): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': type });
  response.end(body);
}
