import type { WidgetAppearance } from '../../src/contract/visitor.ts';
import type { VisitorCall, VisitorNews } from '../../src/contract/visitor.ts';
import type { VisitorMessage } from '../../src/contract/wire.ts';
import type { ToWidget } from '../shared/bridge.ts';
import { createFiles } from './files.ts';
import type { Files } from './files.ts';
import type { Host } from './host.ts';
import { createLink } from './link/link.ts';
import type { LinkState } from './link/link.ts';
import { chime } from './sound.ts';
import { forGood, forTab } from './state/keep.ts';
import { markRead, markSeen, merge, stillPending, unreadOf } from './state/messages.ts';
import type { Pending } from './state/messages.ts';
import { beginning } from './state/state.ts';
import type { State } from './state/state.ts';
import { createStore } from './state/store.ts';
import type { Store } from './state/store.ts';
import { words } from './text/words.ts';

/** What the view can do. */
export interface Chat {
  store: Store<State>;
  framed: boolean;
  files: Files;
  send(text: string, contact?: Pending['contact']): void;
  press(message: VisitorMessage, button: VisitorMessage['buttons'][number]): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  typing(on: boolean): void;
  /** The visitor sees the end of the talk. */
  sawAll(): void;
  loadEarlier(): void;
  close(): void;
  toggleSound(): void;
}

const TYPING_EVERY_MS = 3_000;
const TYPING_ENDS_MS = 6_000;

/** Joins the link, the page around and what is shown. */
export function createChat(line: string, appearance: WidgetAppearance, host: Host): Chat {
  const { t } = words;
  const pendingName = `openline-pending:${line}`;
  let token: string | null = null;
  let identity: string | null = null;
  let since: string | undefined;
  const wanted: (() => void)[] = [];
  let typingTimer = 0;
  let typedAt = 0;

  const store = createStore(
    beginning(appearance, forGood.read<boolean>('openline-sound') ?? false, host.framed),
  );
  const { get, set } = store;

  const put = (change: Partial<State>): void => {
    set(change);
    if (change.pending)
      forTab.write(
        pendingName,
        change.pending.filter(({ state }) => state !== 'stored'),
      );
    if (change.messages || change.shown !== undefined) tellUnread();
  };
  const tellUnread = (): void => {
    const count = unreadOf(get().messages).length;
    const label = count > 0 ? `${t('open')}, ${t('unread', { n: count })}` : t('open');
    host.tell({ type: 'unread', count, label, closeLabel: t('close') });
  };

  // ── the link ──────────────────────────────────────────────────────────────────────────────────
  const page = () => host.page() ?? undefined;
  const link = createLink({
    hello: () => {
      const last = get().messages.at(-1)?.seq;
      return {
        type: 'hello',
        line,
        language: navigator.language,
        ...(token ? { token } : {}),
        ...(identity ? { identity } : {}),
        ...(token && last !== undefined ? { afterSeq: last, ...(since ? { since } : {}) } : {}),
      };
    },
    onNews: (news) => (fromServer[news.type] as ((news: VisitorNews) => void) | undefined)?.(news),
    onState(state: LinkState) {
      const before = get().link;
      if (state === 'connecting' && before === 'broken') return;
      if (state !== before) put({ link: state, ...(state === 'on' ? {} : { typing: null }) });
      if (state === 'on' && before !== 'on') queueMicrotask(flush);
    },
  });

  const flush = (): void => {
    if (wanted.length > 0) link.say({ type: 'begin', consent: get().agreed });
    for (const pending of get().pending) if (pending.state === 'waiting') link.say(callOf(pending));
  };
  const callOf = ({ clientId, text, files, contact, button }: Pending): VisitorCall => {
    if (button) return { type: 'button', clientId, ...button };
    const from = page();
    return {
      type: 'message',
      clientId,
      ...(text ? { text } : {}),
      ...(files.length > 0 ? { fileIds: files.map(({ id }) => id) } : {}),
      ...(from ? { page: from } : {}),
      ...(contact ? { contact } : {}),
      ...(get().agreed ? { consent: true } : {}),
    };
  };
  const settle = (clientId: string, change: Partial<Pending>): void =>
    put({
      pending: get().pending.map((one) =>
        one.clientId === clientId ? { ...one, ...change } : one,
      ),
    });

  const take = (news: VisitorMessage[], live: boolean): void => {
    const { messages, pending, typing, shown, sound } = get();
    const known = new Set(messages.map(({ id }) => id));
    const after = merge(messages, news);
    const arrived = news.filter(({ id, from }) => from !== 'visitor' && !known.has(id));
    put({
      messages: after,
      pending: stillPending(pending, after),
      typing: arrived.length > 0 ? null : typing,
    });
    const last = arrived.at(-1);
    if (!last || last.read) return;
    if (live || document.hidden) link.say({ type: 'delivered', messageId: last.id });
    if (!live) return;
    if (sound && (!shown || document.hidden)) chime();
    host.tell({
      type: 'message',
      name: last.name,
      text: last.text.slice(0, 200) || (last.files[0]?.name ?? ''),
    });
  };

  const fromServer: {
    [N in VisitorNews['type']]?: (news: Extract<VisitorNews, { type: N }>) => void;
  } = {
    welcome(news) {
      since = news.at;
      const first = get().messages.length === 0;
      put({ appearance: news.appearance, visitor: news.visitor, reach: news.reach, gone: false });
      if (first) put({ earlier: news.earlier });
      take(news.messages, !first);
      put({ messages: markSeen(get().messages, news.seenSeq) });
    },
    token(news) {
      token = news.token;
      host.tell({ type: 'token', token });
      put({ visitor: news.visitor });
      for (const resolve of wanted.splice(0)) resolve();
    },
    stored: (news) => settle(news.clientId, { state: 'stored' }),
    message(news) {
      since = news.at;
      take([news.message], true);
    },
    changed(news) {
      since = news.at;
      take([news.message], true);
    },
    earlier: (news) =>
      put({
        messages: merge(get().messages, news.messages),
        earlier: news.earlier,
        loadingEarlier: false,
      }),
    typing(news) {
      clearTimeout(typingTimer);
      put({ typing: news.on ? news.name : null });
      if (news.on) typingTimer = window.setTimeout(() => put({ typing: null }), TYPING_ENDS_MS);
    },
    seen: (news) => put({ messages: markSeen(get().messages, news.seq) }),
    reach: (news) => put({ reach: news.reach }),
    restart() {
      since = undefined;
      token = null;
      host.tell({ type: 'token', token: null });
      put({ messages: [], visitor: null, earlier: false, typing: null });
    },
    refused(news) {
      if (news.code === 'no_such_line') {
        put({ gone: true });
        link.stop();
        return;
      }
      if (news.code === 'bad_identity') {
        console.warn(`Openline: ${news.message}`);
        identity = null;
        return;
      }
      const { clientId, retryAfterMs } = news;
      if (retryAfterMs && get().link !== 'on') setTimeout(link.again, retryAfterMs);
      if (!clientId) {
        put({ trouble: news.message });
        return;
      }
      if (news.code === 'unavailable' && retryAfterMs) {
        setTimeout(flush, retryAfterMs);
        return;
      }
      settle(clientId, { state: 'failed', why: news.message });
    },
  };

  // ── the page around ───────────────────────────────────────────────────────────────────────────
  const fromHost: { [M in ToWidget['type']]?: (message: Extract<ToWidget, { type: M }>) => void } =
    {
      init(message) {
        token = message.token;
        identity = message.identity;
        put({ phone: message.phone });
        onReady();
        tellUnread();
        const left = forTab.read<Pending[]>(pendingName) ?? [];
        if (left.length > 0) put({ pending: left });
        // Nobody is troubled, and nothing is asked of the server, before there is a talk or a wish for one.
        if (token || identity || left.length > 0) link.start();
      },
      shown(message) {
        put({ shown: message.on });
        if (message.on) link.start();
      },
      phone: (message) => put({ phone: message.on }),
      token(message) {
        if (message.token === token) return;
        token = message.token;
        since = undefined;
        put({ messages: [], visitor: null, earlier: false });
        if (get().link !== 'off') link.again();
        else if (token) link.start();
      },
      identify(message) {
        identity = message.identity;
        if (link.say({ type: 'identify', identity })) return;
        link.again();
        link.start();
      },
      reset() {
        identity = null;
        put({ messages: [], pending: [], drafts: [], agreed: false, thanked: false });
        link.say({ type: 'forget' });
        token = null;
      },
    };
  const onReady = (): void => {
    const root = document.documentElement;
    host.tell({
      type: 'ready',
      title: appearance.title || t('title'),
      color: appearance.color,
      ink: root.style.getPropertyValue('--ink'),
      position: appearance.position,
      rtl: root.dir === 'rtl',
    });
  };

  /** The visitor's token, made now if there is none: an upload needs it. */
  const known = async (): Promise<string> => {
    if (!token) {
      const made = new Promise<void>((resolve) => wanted.push(resolve));
      if (wanted.length === 1) link.say({ type: 'begin', consent: get().agreed });
      await made;
    }
    return token ?? '';
  };
  const files = createFiles(store, { line, known });

  host.listen((message) =>
    (fromHost[message.type] as ((message: ToWidget) => void) | undefined)?.(message),
  );

  const add = (pending: Omit<Pending, 'clientId' | 'at' | 'state'>): void => {
    const whole: Pending = {
      ...pending,
      clientId: newId(),
      at: new Date().toISOString(),
      state: 'waiting',
    };
    put({ pending: [...get().pending, whole], trouble: null });
    link.say(callOf(whole));
    typedAt = 0;
  };

  return {
    store,
    framed: host.framed,
    files,
    send(text, contact) {
      const ready = get().drafts.flatMap(({ uploaded }) => (uploaded ? [uploaded] : []));
      if (text === '' && ready.length === 0) return;
      files.clear();
      add({ text, files: ready, ...(contact ? { contact } : {}) });
      if (contact) put({ thanked: true });
    },
    press(message, { label, token: pressed }) {
      if (pressed)
        add({ text: label, files: [], button: { token: pressed, messageId: message.id } });
    },
    retry(clientId) {
      settle(clientId, { state: 'waiting' });
      flush();
    },
    discard: (clientId) =>
      put({ pending: get().pending.filter((one) => one.clientId !== clientId) }),
    typing(on) {
      const now = Date.now();
      if (!token || (on && now - typedAt < TYPING_EVERY_MS) || (!on && typedAt === 0)) return;
      typedAt = on ? now : 0;
      link.say({ type: 'typing', on });
    },
    sawAll() {
      const { messages, shown } = get();
      const last = unreadOf(messages).at(-1);
      if (!last || !shown || document.hidden) return;
      if (link.say({ type: 'read', messageId: last.id }))
        put({ messages: markRead(messages, last.seq) });
    },
    loadEarlier() {
      const { messages, loadingEarlier, earlier } = get();
      const first = messages[0];
      if (!first || loadingEarlier || !earlier) return;
      if (link.say({ type: 'earlier', beforeSeq: first.seq })) put({ loadingEarlier: true });
    },
    close: () => host.tell({ type: 'close' }),
    toggleSound() {
      const sound = !get().sound;
      forGood.write('openline-sound', sound);
      put({ sound });
      if (sound) chime();
    },
  };
}

/** A key that no other message of this visitor has; works on pages without TLS, where `randomUUID` is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
