import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { UserView } from '../../src/contract/wire.ts';
import { startTestApp } from '../harness/app.ts';
import type { TestApp } from '../harness/app.ts';
import { NARROW, testPages, WIDE } from '../harness/pages.ts';
import { startPushService } from '../harness/push-service.ts';
import { until } from '../harness/until.ts';
import { furnish, seriousProblems, signIn } from './inbox-office.ts';

const pages = testPages();
const BOB = 'bob@example.org';

/** Bob at one of his devices. */
async function sitDown(app: TestApp, viewport = WIDE): Promise<Page> {
  const page = await pages.open({ viewport, permissions: ['notifications'] });
  await page.goto(app.url);
  await signIn(page, BOB);
  return page;
}
async function begin(settings: Record<string, number>): Promise<{
  app: TestApp;
  bob: () => Promise<UserView>;
  writes: Awaited<ReturnType<typeof furnish>>['writes'];
}> {
  const app = await startTestApp();
  pages.keep({ close: () => app.stop() });
  const { writes } = await furnish(app);
  await app.call('PATCH', '/settings', settings);
  const bob = async () => {
    const user = (await app.call<{ items: UserView[] }>('GET', '/users?q=bob')).body.items[0];
    if (!user) throw new Error('There is no Bob.');
    return user;
  };
  return { app, bob, writes };
}
const goOnline = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /Offline$/ }).click();
  await page.getByRole('menuitemradio', { name: /Online/ }).click();
  await page.getByRole('button', { name: /Bob Smith, Online$/ }).waitFor();
};

describe('one person at two devices', () => {
  it('is there as long as one is open, and gets talks again when one comes back', async () => {
    const { app, bob, writes } = await begin({ disconnectMinutes: 0.05, idleMinutes: 0 });
    const desk = await sitDown(app);
    const phone = await sitDown(app, NARROW);
    await goOnline(desk);
    await phone.getByRole('button', { name: /Bob Smith, Online$/ }).waitFor();
    await desk.context().close();
    await phone.waitForTimeout(4_000);
    expect((await bob()).away).toBeNull();

    await phone.context().close();
    await until('Bob to be away', async () => (await bob()).away?.kind === 'disconnected', 15_000);
    await writes('Maria Gomez')('Is anybody there?');
    const again = await sitDown(app);
    await again.getByRole('link', { name: /Maria Gomez/ }).waitFor();
    expect(await bob()).toMatchObject({ presence: 'online', away: null, load: 1 });
  }, 120_000);

  it('counts as idle when neither is touched; a click brings them back', async () => {
    const { app, bob, writes } = await begin({ disconnectMinutes: 2, idleMinutes: 0.1 });
    const desk = await sitDown(app);
    const phone = await sitDown(app, NARROW);
    await goOnline(desk);
    // Whoever works at one of them is not idle.
    for (let touch = 0; touch < 5; touch++) {
      await phone.waitForTimeout(1_500);
      await phone.getByRole('link', { name: 'Waiting' }).click();
    }
    expect((await bob()).away).toBeNull();

    await desk.getByText(/You count as away since/).waitFor();
    await phone.getByText(/You count as away since/).waitFor();
    expect(await seriousProblems(desk)).toEqual([]);
    expect(await seriousProblems(phone)).toEqual([]);
    await writes('Maria Gomez')('Hello?');
    // A mouse that is pushed is nobody's hand.
    await desk.mouse.move(300, 300);
    await desk.waitForTimeout(500);
    expect((await bob()).away?.kind).toBe('idle');
    await desk.getByRole('button', { name: 'I am here' }).click();
    await desk.getByRole('link', { name: /Maria Gomez/ }).waitFor();
    expect(await bob()).toMatchObject({ away: null, load: 1 });
    await phone.getByText(/You count as away since/).waitFor({ state: 'detached' });
  }, 120_000);
});

describe('hours and absences in the inbox', () => {
  it('are said to who goes online, and set aside by one click', async () => {
    const { app, bob } = await begin({});
    const today = new Date().toISOString().slice(0, 10);
    const { id } = await bob();
    await app.call('POST', `/users/${id}/absences`, { from: today, to: today, kind: 'ill' });
    const page = await sitDown(app, NARROW);
    await page.getByRole('button', { name: /Offline$/ }).click();
    await page.getByRole('menuitemradio', { name: /Online/ }).click();
    await page.getByText(/noted as absent until/).waitFor();
    await page.getByRole('button', { name: 'Work now' }).click();
    await page.getByText(/noted as absent until/).waitFor({ state: 'detached' });
    expect((await bob()).away).toBeNull();

    await page.goto(`${app.url}/settings/profile`);
    const absences = page.getByRole('region', { name: 'Absences' });
    await absences.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await absences.getByText('No absences.').waitFor();
    await absences.getByLabel('From').fill('2031-12-24');
    await absences.getByLabel('Last day').fill('2031-12-27');
    await absences.getByLabel('Note').fill('Norway');
    await absences.getByRole('button', { name: 'Add absence' }).click();
    await absences.getByText('Holiday · Norway').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  }, 120_000);
});

describe('notices', () => {
  it('appear while the inbox is not looked at, lead to the talk, and the shell opens offline', async () => {
    const { app } = await begin({});
    const page = await sitDown(app);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // A second visit is the service worker's.
    await page.reload();
    await page.getByRole('link', { name: 'Contacts' }).waitFor();

    // The browser's own push service is out of reach here: the message is handed to the worker as it would arrive.
    const devtools = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) resolve(registrations[0].registrationId);
      });
    });
    await devtools.send('ServiceWorker.enable');
    const registrationId = await registered;
    const note = { title: 'Maria Gomez', body: 'Hello?', url: '/inbox/open/x', tag: 'test' };
    await devtools.send('ServiceWorker.deliverPushMessage', {
      ...{ origin: app.url, registrationId, data: JSON.stringify(note) },
    });
    const shown = await until('the notice', async () => {
      const titles = await page.evaluate<string[]>(
        `navigator.serviceWorker.ready.then(async (one) =>
          (await one.getNotifications()).map(({ title, body }) => title + ': ' + body))`,
      );
      return titles.length > 0 ? titles : null;
    });
    expect(shown).toEqual(['Maria Gomez: Hello?']);

    await page.context().setOffline(true);
    await page.goto(`${app.url}/settings/profile`);
    await page.getByText('No connection to the server.').waitFor();
    await page.context().setOffline(false);
  }, 120_000);

  it('can be tested and the device forgotten in the profile', async () => {
    const { app } = await begin({});
    const service = await startPushService(app.desk.push.publicKey);
    pages.keep(service);
    const page = await sitDown(app);
    // A subscription of a browser whose push service is ours.
    const subscription = { ...service.subscribe('bob'), options: {} };
    await page.addInitScript(`
      const given = ${JSON.stringify(subscription)};
      let subscription = null;
      PushManager.prototype.getSubscription = async () => subscription;
      PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
        subscription = {
          options: { applicationServerKey },
          toJSON: () => ({ endpoint: given.endpoint, expirationTime: null, keys: given.keys }),
          unsubscribe: async () => { subscription = null; return true; },
        };
        return subscription;
      };
    `);
    await page.goto(`${app.url}/settings/profile`);
    const devices = page.getByRole('region', { name: 'Devices and notices' });
    await devices.getByLabel('Notices on this device').click();
    await devices.getByRole('button', { name: 'Send a test notice' }).click();
    await page.getByText('Sent. It should appear in a moment.').waitFor();
    expect(service.pushed.map(({ title }) => title)).toEqual(['Notices work']);
    expect(await seriousProblems(page)).toEqual([]);
    await devices.getByLabel('Notices on this device').click();
    await devices.getByText('Notices', { exact: true }).waitFor({ state: 'detached' });
    await devices.getByRole('button', { name: /^Forget Chrome/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Forget' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  }, 120_000);
});
