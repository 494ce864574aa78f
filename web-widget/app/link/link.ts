import type { VisitorCall, VisitorNews } from '../../../src/contract/visitor.ts';
import { forTab } from '../state/keep.ts';
import { waitMs } from './backoff.ts';

/** How the connection stands. */
export type LinkState = 'off' | 'connecting' | 'on' | 'broken';

/** What the widget wants of its link. */
export interface LinkOptions {
  /** The first frame, made anew for every connection. */
  hello(): VisitorCall;
  onNews(news: VisitorNews): void;
  onState(state: LinkState): void;
}

/** A way to the server. */
export interface Link {
  /** Connects, if it is not. */
  start(): void;
  stop(): void;
  /** Connects anew: the hello has changed. */
  again(): void;
  /** Sends now; false when there is no connection. */
  say(call: VisitorCall): boolean;
}

const PING_MS = 25_000;
const PATIENCE_MS = 10_000;
const OPEN_PATIENCE_MS = 8_000;
/** Sockets that never opened so often in a row: something on the way forbids them. */
const BLOCKED_AFTER = 2;
const POLLING = 'openline-polls';

/** Connects by socket; by plain requests where sockets are blocked. Comes back by itself. */
export function createLink(options: LinkOptions): Link {
  let running = false;
  let failures = 0;
  let neverOpened = 0;
  let polls = forTab.read<boolean>(POLLING) ?? false;
  let timer = 0;
  let close: () => void = () => {};
  let send: ((call: VisitorCall) => void) | null = null;

  const hear = (news: VisitorNews): void => {
    if (news.type === 'welcome') {
      failures = 0;
      options.onState('on');
    }
    options.onNews(news);
  };

  const lost = (): void => {
    send = null;
    if (!running) return;
    failures += 1;
    options.onState('broken');
    clearTimeout(timer);
    timer = window.setTimeout(connect, waitMs(failures, Math.random()));
  };

  const connect = (): void => {
    clearTimeout(timer);
    close();
    if (!running) return;
    options.onState('connecting');
    close = polls ? poll() : socket();
  };

  const socket = (): (() => void) => {
    const address = new URL('/visitor', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const line = new WebSocket(address);
    let opened = false;
    let ended = false;
    let silence = window.setTimeout(() => line.close(), OPEN_PATIENCE_MS);
    const listen = (): void => {
      clearTimeout(silence);
      silence = window.setTimeout(() => {
        line.send('{"type":"ping"}');
        silence = window.setTimeout(() => end(true), PATIENCE_MS);
      }, PING_MS);
    };
    const end = (tell: boolean): void => {
      if (ended) return;
      ended = true;
      clearTimeout(silence);
      line.close();
      if (!tell) return;
      if (!opened && navigator.onLine) neverOpened += 1;
      if (neverOpened >= BLOCKED_AFTER) {
        polls = true;
        forTab.write(POLLING, true);
      }
      lost();
    };
    line.onopen = () => {
      opened = true;
      neverOpened = 0;
      listen();
      send = (call) => line.send(JSON.stringify(call));
      send(options.hello());
    };
    line.onmessage = ({ data }: MessageEvent<string>) => {
      if (ended) return;
      listen();
      hear(JSON.parse(data) as VisitorNews);
    };
    line.onclose = () => end(true);
    return () => end(false);
  };

  /** One request after the other; the server holds each until there is news. A call cuts the waiting one short. */
  const poll = (): (() => void) => {
    let ended = false;
    let waiting: AbortController | null = null;
    const calls: VisitorCall[] = [];
    send = (call) => {
      calls.push(call);
      waiting?.abort();
    };
    const ask = async (wait: boolean): Promise<void> => {
      const frames = [options.hello(), ...calls.splice(0, 15)];
      waiting = wait ? new AbortController() : null;
      try {
        const answer = await fetch('/visitor/poll', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ frames, wait }),
          ...(waiting ? { signal: waiting.signal } : {}),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const { frames: news } = (await answer.json()) as { frames: VisitorNews[] };
        if (!ended) news.forEach(hear);
      } catch (error) {
        if (waiting?.signal.aborted) return;
        throw error;
      }
    };
    void (async () => {
      try {
        await ask(false);
        while (!ended) await ask(calls.length === 0);
      } catch {
        if (!ended) lost();
      }
    })();
    return () => {
      ended = true;
      waiting?.abort();
    };
  };

  const now = (): void => {
    if (running && !send) connect();
  };
  addEventListener('online', now);
  addEventListener('offline', () => {
    close();
    lost();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) now();
  });

  return {
    start() {
      if (running) return;
      running = true;
      connect();
    },
    stop() {
      running = false;
      send = null;
      clearTimeout(timer);
      close();
      options.onState('off');
    },
    again() {
      send = null;
      if (running) connect();
    },
    say(call) {
      if (!send) return false;
      send(call);
      return true;
    },
  };
}
