import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ConversationView, MessageView, Page as PageOf } from '../../src/contract/wire.ts';
import { startTestApp } from '../harness/app.ts';
import type { TestApp } from '../harness/app.ts';
import { NARROW, testPages, WIDE } from '../harness/pages.ts';
import { PASSWORD, customer, furnish, seriousProblems, signIn } from './inbox-office.ts';

const pages = testPages((line) => line.text().includes('Content Security Policy'));

async function startApp(options: Parameters<typeof startTestApp>[0] = {}): Promise<TestApp> {
  const app = await startTestApp(options);
  pages.keep({ close: () => app.stop() });
  return app;
}

async function openPage(url: string, viewport = WIDE): Promise<Page> {
  const page = await pages.open({ viewport });
  await page.goto(url);
  return page;
}

/** An app with a line, its two operators and a sandbox channel. */
async function startOffice() {
  const app = await startApp();
  const { writes } = await furnish(app);
  return { app, writes };
}

/** Waits until the only talk has so many messages: what is accepted is applied a moment later. */
async function untilApplied(app: TestApp, seq: number): Promise<void> {
  await expect
    .poll(
      async () =>
        (await app.call<PageOf<ConversationView>>('GET', '/conversations')).body.items[0]?.seq ?? 0,
      { timeout: 60_000, interval: 200 },
    )
    .toBeGreaterThanOrEqual(seq);
}

/** How wide the page is, CSS pixels: more than the window is a page that scrolls sideways. */
async function widthOf(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth'));
}

describe('the inbox in a browser', () => {
  it('takes a newcomer from the first visit to a closed talk', async () => {
    const app = await startApp({ config: { admin: null } });
    const page = await openPage(app.url);
    await page.getByLabel('Setup code').fill(app.setupCode ?? '');
    await page.getByLabel('Your name').fill('Ann Lee');
    await page.getByLabel('E-mail').fill('ann@example.org');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create administrator' }).click();

    await page.getByRole('link', { name: 'Make a line' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Sales');
    await page.getByRole('button', { name: 'New line' }).click();
    await page.getByText('Line created').waitFor();

    await page.getByRole('link', { name: 'Channels' }).click();
    await page.getByRole('link', { name: 'Add a channel' }).click();
    await page.getByRole('button', { name: /Site widget/ }).click();
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText(`${app.url}/widget.js`).waitFor();

    await page.getByRole('link', { name: 'Channels' }).click();
    await page.getByRole('link', { name: 'Add a channel' }).click();
    await page.getByRole('button', { name: /Sandbox/ }).click();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The sandbox answers everything itself.').waitFor();
    await page.getByRole('button', { name: 'Save and connect' }).click();
    const secret = await page.locator('dialog .snippet code').first().textContent();
    await page.getByRole('button', { name: 'Done' }).click();
    const webhook = await page.locator('details .snippet code').textContent();
    const maria = customer(webhook ?? '', secret ?? '', 'Maria');

    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('link', { name: /Waiting/ }).click();
    await maria('Where is my desk?');
    await page.getByRole('link', { name: /Maria/ }).click();
    await page.getByRole('log').getByText('Where is my desk?').waitFor();
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await page.getByText('With you').waitFor();

    const composer = page.locator('.composer textarea');
    await composer.fill('It is **on its way**.');
    await composer.press('Enter');
    await page.getByRole('log').locator('strong', { hasText: 'on its way' }).waitFor();
    await page.getByRole('log').getByRole('img', { name: 'Sent' }).waitFor();

    await composer.press('Control+m');
    await page.getByPlaceholder(/customer never sees it/).fill('Call the depot');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('log').getByText('Internal note').waitFor();
    expect(await seriousProblems(page)).toEqual([]);

    await composer.press('Escape');
    await page.keyboard.press('c');
    await page.getByRole('menuitem', { name: 'Won' }).click();
    await page.getByText('Closed · won').waitFor();
    await page.getByRole('link', { name: 'Closed', exact: true }).click();
    await page.getByRole('link', { name: /Maria/ }).waitFor();
    expect(pages.complaints()).toEqual([]);
  });

  it('loses nothing while the network is away, and asks before it answers over a colleague', async () => {
    const { app, writes } = await startOffice();
    const maria = writes('Maria');
    await maria('one');
    const page = await openPage(`${app.url}/inbox/waiting`);
    await signIn(page, app.admin.email);
    await page.getByRole('link', { name: /Maria/ }).click();
    await page.getByRole('log').getByText('one').waitFor();
    const [talk] = (await app.call<PageOf<ConversationView>>('GET', '/conversations')).body.items;
    const bob = await app.signIn('bob@example.org', PASSWORD);

    await page.context().setOffline(true);
    await page.getByText(/Reconnecting/).waitFor();
    const composer = page.locator('.composer textarea');
    await composer.fill('written in a tunnel');
    await composer.press('Enter');
    await page.getByRole('log').getByText('written in a tunnel').waitFor();
    const missed = Array.from({ length: 30 }, (_, index) => `missed ${index + 1}.`);
    await maria(...missed);
    // Bob's answer is the last of the talk: a long list shows its end only.
    await untilApplied(app, 1 + missed.length);
    const clientId = 'bob-1';
    await app.call(
      'POST',
      `/conversations/${talk?.id}/messages`,
      { text: 'Bob was faster', clientId },
      bob,
    );
    await page.reload().catch(() => null);

    await page.context().setOffline(false);
    await page.goto(`${app.url}/inbox/open/${talk?.id}`);
    await page.getByRole('log').getByText('Bob was faster').waitFor();
    await page.getByText('A colleague answered first.').waitFor();
    await page.getByRole('button', { name: 'Send anyway' }).click();
    await page.getByRole('log').getByRole('img', { name: 'Sent' }).last().waitFor();

    // Bob's answer is sent, too: what this one became is the server's to say.
    const written = async () =>
      (
        await app.call<PageOf<MessageView>>('GET', `/conversations/${talk?.id}/messages?limit=200`)
      ).body.items.filter(({ text }) => text === 'written in a tunnel');
    await expect.poll(async () => (await written()).length, { timeout: 15_000 }).toBe(1);
    await page.getByText('A colleague answered first.').waitFor({ state: 'hidden' });
    expect(await written()).toHaveLength(1);
    expect(pages.complaints()).toEqual([]);
  });

  it('keeps a note a note when the customer comes back while it is written', async () => {
    const { app, writes } = await startOffice();
    const maria = writes('Maria');
    await maria('Hello');
    await untilApplied(app, 1);
    const [talk] = (await app.call<PageOf<ConversationView>>('GET', '/conversations')).body.items;
    await app.call('POST', `/conversations/${talk?.id}/take`);
    await app.call('POST', `/conversations/${talk?.id}/close`, { outcome: null });
    const page = await openPage(`${app.url}/inbox/closed/${talk?.id}`);
    await signIn(page, app.admin.email);
    const composer = page.locator('.composer textarea');
    await composer.fill('owes us money');
    await maria('Me again');
    await page.getByRole('log').getByText('Me again').waitFor();
    await page.getByText('This talk is closed.').waitFor({ state: 'hidden' });
    await composer.press('Enter');
    await page.getByRole('log').getByText('owes us money').waitFor();
    const read = () => app.call<PageOf<MessageView>>('GET', `/conversations/${talk?.id}/messages`);
    await expect
      .poll(
        async () =>
          (await read()).body.items.find(({ text }) => text === 'owes us money')?.direction,
      )
      .toBe('note');
  });

  it('catches up by itself when the link comes back', async () => {
    const { app, writes } = await startOffice();
    const maria = writes('Maria');
    await maria('before');
    const page = await openPage(`${app.url}/inbox/waiting`);
    await signIn(page, app.admin.email);
    await page.getByRole('link', { name: /Maria/ }).click();
    await page.getByRole('log').getByText('before').waitFor();
    await page.context().setOffline(true);
    await page.getByText(/Reconnecting/).waitFor();
    await maria(...Array.from({ length: 230 }, (_, index) => `missed ${index + 1}.`));
    await untilApplied(app, 231);
    await writes('Nora')('a new talk');
    await page.context().setOffline(false);
    await page.getByRole('log').getByText('missed 230.', { exact: true }).waitFor();
    await page.getByRole('link', { name: /Nora/ }).waitFor();
    await page.getByText(/Reconnecting/).waitFor({ state: 'hidden' });
  });

  it('holds a talk of hundreds of messages with a window of them in the document', async () => {
    const { app, writes } = await startOffice();
    const maria = writes('Maria');
    const texts = Array.from({ length: 350 }, (_, index) => `line ${index + 1}.`);
    for (let from = 0; from < texts.length; from += 100)
      await maria(...texts.slice(from, from + 100));
    await untilApplied(app, 350);
    const page = await openPage(`${app.url}/inbox/waiting`);
    await signIn(page, app.admin.email);
    await page.getByRole('link', { name: /Maria/ }).click();
    const log = page.getByRole('log');
    await log.getByText('line 350.').or(log.getByText('New messages')).first().waitFor();
    await log.focus();
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Home');
          return log.getByText('line 1.', { exact: true }).isVisible();
        },
        { timeout: 20_000, interval: 150 },
      )
      .toBe(true);
    expect(await page.locator('article').count()).toBeLessThan(80);
    await page
      .getByRole('button', { name: 'To the newest message' })
      .or(page.getByRole('button', { name: 'New messages' }))
      .click();
    await log.getByText('line 350.').waitFor();
  });

  it('shows one pane at a time on a phone, and nothing serious to axe anywhere', async () => {
    const { app, writes } = await startOffice();
    await writes('Maria')('Hello');
    const page = await openPage(`${app.url}/inbox/waiting`, NARROW);
    expect(await seriousProblems(page)).toEqual([]);
    await signIn(page, app.admin.email);
    await page.goto(`${app.url}/inbox/waiting`);
    await page.getByRole('link', { name: /Maria/ }).click();
    await page.getByRole('log').waitFor();
    expect(await page.locator('.talks').isVisible()).toBe(false);
    expect(await seriousProblems(page)).toEqual([]);
    const wide = await widthOf(page);
    expect(wide).toBeLessThanOrEqual(NARROW.width);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('link', { name: /Maria/ }).waitFor();
    const screens = ['contacts', 'leads', 'deals', 'troubles', 'troubles/quarantine'];
    const sections = ['lines', 'channels', 'people', 'company', 'webhooks', 'audit', 'profile'];
    for (const path of [
      ...screens,
      ...sections.map((section) => `settings/${section}`),
      'settings/lines/new',
      'settings/people/new',
    ]) {
      await page.goto(`${app.url}/${path}`);
      await page.locator('.page-head h1, .settings-body .title').first().waitFor();
      await page.locator('.loading').waitFor({ state: 'detached' });
      expect(await seriousProblems(page), path).toEqual([]);
      const width = await widthOf(page);
      expect(width, path).toBeLessThanOrEqual(NARROW.width);
    }
    expect(pages.complaints()).toEqual([]);
  });
});
