// The inbox's service worker: a shell that opens without a network, and notices while no page is open.

const SHELL = 'shell-1';
const PAGE = '/';
/** Built files have their content's mark in their name: what is kept of them never changes. */
const BUILT = /^\/assets\//;
/** First steps of addresses that are the server's own, never a screen of the inbox. */
const SERVER =
  /^\/(api|hooks|files|visitor|widget|socket\.io|cti|exchange|f|i|metrics|healthz|readyz)(\/|$)/;
/** A few versions' worth; older files go. */
const MOST_KEPT = 150;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll([PAGE, '/favicon.svg', '/manifest.webmanifest']))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const others = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name)));
  };
  event.waitUntil(others().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && !SERVER.test(pathname)) event.respondWith(page(request));
  else if (BUILT.test(pathname)) event.respondWith(built(request));
});

/** Every screen is the same page: from the network, else as it was last. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !/\.\w+$/.test(new URL(request.url).pathname)) await keep(PAGE, answer);
    return answer;
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function built(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await keep(request, answer);
  return answer;
}

async function keep(key, answer) {
  const cache = await caches.open(SHELL);
  await cache.put(key, answer.clone());
  const keys = await cache.keys();
  const old = keys.filter(({ url }) => BUILT.test(new URL(url).pathname)).slice(0, -MOST_KEPT);
  await Promise.all(old.map((one) => cache.delete(one)));
}

self.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});

/** Whoever has the inbox before them is told by the inbox. */
async function show({ title, body, url, tag }) {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (tag !== 'test' && pages.some(({ focused }) => focused)) return;
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: true,
    icon: '/icon-192.png',
    data: { url },
  });
}

// The next visit tells the server of it.
self.addEventListener('pushsubscriptionchange', (event) => {
  const { options } = event.oldSubscription ?? {};
  if (options) event.waitUntil(self.registration.pushManager.subscribe(options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

/** Goes there in a page that is open, else in a new one. */
async function open(url) {
  const [known] = await self.clients.matchAll({ type: 'window' });
  if (!known) {
    await self.clients.openWindow(url);
    return;
  }
  await known.focus();
  known.postMessage({ open: url });
}
