import { MARK } from '../shared/bridge.ts';
import type { HostPage, Posted, ToLoader, ToWidget } from '../shared/bridge.ts';
import { STYLE } from './style.ts';

type Listener = (detail?: unknown) => void;
interface Api {
  open(): void;
  close(): void;
  toggle(): void;
  identify(token: string): void;
  on(event: string, listener: Listener): () => void;
  reset(): void;
  destroy(): void;
}
type Host = Window & { Openline?: Partial<Api> & { queue?: [keyof Api, ...unknown[]][] } };

const host = window as Host;
const PHONE = '(max-width:600px),(max-height:420px)';

function start(script: HTMLScriptElement): void {
  const line = script.dataset.line;
  if (!line) {
    console.error('Openline: the script tag needs data-line="LINE_KEY".');
    return;
  }
  const { origin } = new URL(script.src);
  const ended = new AbortController();
  const { signal } = ended;
  const listeners: Record<string, Set<Listener>> = {};
  const phone = matchMedia(PHONE);
  const stored = `openline:${line}`;

  let shown = false;
  let ready = false;
  let identity: string | null = null;
  let labels = { label: '', closeLabel: '' };

  const make = <T extends keyof HTMLElementTagNameMap>(
    tag: T,
    name: string,
  ): HTMLElementTagNameMap[T] => {
    const element = document.createElement(tag);
    element.className = name;
    return element;
  };
  const emit = (event: string, detail?: unknown): void => {
    for (const listener of listeners[event] ?? [])
      try {
        listener(detail);
      } catch (error) {
        console.error(error);
      }
  };
  // Pages may be forbidden to keep anything: then the visitor is new on every page.
  const keep = (token?: string | null): string | null => {
    try {
      if (token === null) localStorage.removeItem(stored);
      else if (token) localStorage.setItem(stored, token);
      return localStorage.getItem(stored);
    } catch {
      return null;
    }
  };
  const page = (): HostPage => ({
    url: location.href,
    title: document.title,
    referrer: document.referrer,
  });

  const root = make('div', '');
  const shadow = root.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const wrap = make('div', 'w');
  const button = make('button', 'b');
  const badge = make('span', 'n');
  const teaser = make('button', 't');
  const frame = make('iframe', 'f');
  const status = make('div', 's');

  const icon = (name: string, path: string): SVGElement => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const line = document.createElementNS(svg.namespaceURI, 'path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('class', name);
    svg.setAttribute('aria-hidden', 'true');
    line.setAttribute('d', path);
    svg.append(line);
    return svg as SVGElement;
  };

  const tell = (message: ToWidget): void => {
    if (ready) frame.contentWindow?.postMessage({ ...message, mark: MARK }, origin);
  };
  const name = (): void => {
    button.setAttribute('aria-expanded', String(shown));
    button.setAttribute('aria-label', shown ? labels.closeLabel : labels.label);
  };
  const fit = (): void => {
    const view = window.visualViewport;
    // The phone's keyboard covers a full-screen frame; only the page knows how much is left.
    const covered = shown && phone.matches && view;
    frame.style.height = covered ? `${view.height}px` : '';
    frame.style.top = covered ? `${view.offsetTop}px` : '';
  };
  const show = (on: boolean): void => {
    if (shown === on) return;
    shown = on;
    wrap.classList.toggle('o', on);
    teaser.textContent = '';
    name();
    fit();
    tell({ type: 'shown', on, page: page() });
    if (on) frame.focus();
    else if (shadow.activeElement === frame) button.focus();
    emit(on ? 'open' : 'close');
  };

  const hear: { [T in ToLoader['type']]: (message: Extract<ToLoader, { type: T }>) => void } = {
    ready(message) {
      wrap.style.setProperty('--c', message.color);
      wrap.style.setProperty('--i', message.ink);
      wrap.classList.toggle('l', message.position === 'left');
      frame.title = message.title;
      if (!button.isConnected) wrap.prepend(teaser, button);
      if (shown) tell({ type: 'shown', on: true, page: page() });
      emit('ready');
    },
    unread(message) {
      labels = message;
      badge.textContent = message.count > 99 ? '99+' : message.count > 0 ? `${message.count}` : '';
      if (message.count === 0) teaser.textContent = '';
      name();
      emit('unread', message.count);
    },
    message(message) {
      if (!shown) {
        const who = make('b', '');
        who.textContent = message.name;
        teaser.replaceChildren(who, message.text);
        status.textContent = `${message.name}: ${message.text}`;
      }
      emit('message', { name: message.name, text: message.text });
    },
    close() {
      show(false);
      button.focus();
    },
    token(message) {
      keep(message.token);
    },
  };

  const api: Api = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!shown),
    identify(token) {
      identity = token;
      tell({ type: 'identify', identity: token });
    },
    on(event, listener) {
      const all = listeners[event] ?? new Set();
      listeners[event] = all.add(listener);
      return () => void all.delete(listener);
    },
    reset() {
      identity = null;
      keep(null);
      tell({ type: 'reset' });
    },
    destroy() {
      ended.abort();
      root.remove();
      delete host.Openline;
    },
  };
  const queue = host.Openline?.queue ?? [];
  host.Openline = api;

  const attach = (): void => {
    if (signal.aborted) return;
    button.type = teaser.type = 'button';
    button.append(
      icon(
        'm',
        'M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.9-.9L3 20.5l1.7-5a8 8 0 0 1-.8-3.8 8.4 8.4 0 0 1 8.6-8.2 8.4 8.4 0 0 1 8.5 8z',
      ),
      icon('x', 'M6 9l6 6 6-6'),
      badge,
    );
    status.setAttribute('role', 'status');
    frame.allow = 'clipboard-write';
    frame.src = `${origin}/widget/${encodeURIComponent(line)}`;
    frame.addEventListener('load', () => {
      ready = true;
      tell({ type: 'init', token: keep(), identity, page: page(), phone: phone.matches });
    });
    button.addEventListener('click', () => show(!shown));
    teaser.addEventListener('click', () => show(true));
    wrap.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && shown) show(false);
    });
    wrap.append(frame, status);
    shadow.append(wrap);
    // On the root element it survives frameworks that replace the body.
    document.documentElement.append(root);
  };

  addEventListener(
    'message',
    ({ source, origin: from, data }: MessageEvent<Posted<ToLoader> | null>) => {
      if (source !== frame.contentWindow || from !== origin || data?.mark !== MARK) return;
      (hear[data.type] as ((message: ToLoader) => void) | undefined)?.(data);
    },
    { signal },
  );
  addEventListener(
    'storage',
    ({ key, newValue }) => {
      if (key === stored) tell({ type: 'token', token: newValue });
    },
    { signal },
  );
  // Going into the frame takes the focus from the page: the moment to say where the visitor is.
  addEventListener('blur', () => tell({ type: 'page', page: page() }), { signal });
  const turn = (): void => {
    fit();
    tell({ type: 'phone', on: phone.matches });
  };
  phone.addEventListener('change', turn, { signal });
  window.visualViewport?.addEventListener('resize', fit, { signal });
  window.visualViewport?.addEventListener('scroll', fit, { signal });

  const later = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(attach, { timeout: 1500 });
    else setTimeout(attach, 200);
  };
  if (document.readyState === 'complete') later();
  else addEventListener('load', later, { signal, once: true });

  for (const [call, ...given] of queue)
    (api[call] as ((...all: unknown[]) => unknown) | undefined)?.(...given);
}

try {
  const script =
    (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[data-line][src*="/widget.js"]');
  // A page that navigates by itself may run the tag again.
  if (script && !host.Openline?.open) start(script);
} catch (error) {
  console.error('Openline:', error);
}
