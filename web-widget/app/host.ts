import { MARK } from '../shared/bridge.ts';
import type { HostPage, Posted, ToLoader, ToWidget } from '../shared/bridge.ts';
import { forGood } from './state/keep.ts';

/** Where the widget lives: in a frame of a site's page, or as a page of its own. */
export interface Host {
  /** Hears everything the host has said since the beginning, and says from now on. */
  listen(hear: (message: ToWidget) => void): void;
  /** In a frame, with a loader that opens and closes it. */
  framed: boolean;
  /** The page that the visitor is on, as far as it is known. */
  page(): HostPage | null;
  tell(message: ToLoader): void;
}

/**
 * Finds the host. In a frame, the first `init` of the window above pins its origin; `frame-ancestors` has made sure
 * before that it is a site that may show the widget. Call it before anything is waited for: the loader speaks as soon as
 * the frame has loaded. As a page of its own, the widget keeps its token itself.
 */
export function findHost(line: string): Host {
  let page: HostPage | null = null;
  const said: ToWidget[] = [];
  let hear = (message: ToWidget): void => void said.push(message);
  const listen: Host['listen'] = (listener) => {
    hear = listener;
    for (const message of said.splice(0)) hear(message);
  };
  if (parent === window) {
    const name = `openline:${line}`;
    const own = { url: location.href, title: document.title, referrer: document.referrer };
    hear({
      type: 'init',
      token: forGood.read<string>(name),
      identity: null,
      page: own,
      phone: true,
    });
    hear({ type: 'shown', on: true, page: own });
    addEventListener('storage', ({ key }) => {
      if (key === name) hear({ type: 'token', token: forGood.read<string>(name) });
    });
    return {
      listen,
      framed: false,
      page: () => own,
      tell(message) {
        if (message.type === 'token') forGood.write(name, message.token);
      },
    };
  }

  let origin: string | null = null;
  addEventListener(
    'message',
    ({ source, origin: from, data }: MessageEvent<Posted<ToWidget> | null>) => {
      if (source !== parent || data?.mark !== MARK) return;
      if (origin === null && data.type === 'init') origin = from;
      if (from !== origin) return;
      if ('page' in data) page = data.page;
      hear(data);
    },
  );
  return {
    listen,
    framed: true,
    page: () => page,
    tell(message) {
      if (origin !== null) parent.postMessage({ ...message, mark: MARK }, origin);
    },
  };
}
