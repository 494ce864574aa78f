import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApp } from '../harness/app.ts';
import { launchBrowser } from '../harness/browser.ts';
import { furnish, seriousProblems, signIn } from './inbox-office.ts';

let browser: Browser;
const open: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  browser = await launchBrowser(inject('launch'));
});
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});
afterAll(() => browser.close());

/** Somebody of the office at their own screen, online. */
async function arrive(url: string, email: string): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
  });
  open.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(url);
  await signIn(page, email);
  await page.getByRole('button', { name: /Offline$/ }).click();
  await page.getByRole('menuitemradio', { name: /Online/ }).click();
  return page;
}

describe('a day of two operators', () => {
  it('goes from an offer that is skipped to one that is taken, handed over and closed', async () => {
    const app = await startTestApp();
    open.push({ close: () => app.stop() });
    const { writes } = await furnish(app, {
      queue: 'strictly',
      assign: 'offer',
      offerSeconds: 600,
    });
    const ann = await arrive(app.url, app.admin.email);
    const bob = await arrive(app.url, 'bob@example.org');

    await writes('Maria Gomez')('Where is my desk?');
    const offersOf = (page: Page) => page.getByRole('region', { name: 'Talks offered to you' });
    await offersOf(ann).getByText('Maria Gomez').waitFor();
    expect(await offersOf(bob).count()).toBe(0);
    expect(await seriousProblems(ann)).toEqual([]);
    await offersOf(ann).getByRole('button', { name: 'Skip' }).click();

    await offersOf(bob).getByText('Maria Gomez').waitFor();
    await offersOf(ann).waitFor({ state: 'detached' });
    await offersOf(bob).getByRole('button', { name: 'Accept' }).click();
    await bob.getByText('With you').waitFor();

    // A colleague's talk is not there to be taken: whoever looks after others takes it over.
    await ann.getByRole('link', { name: 'All open' }).click();
    await ann.getByRole('link', { name: /Maria Gomez/ }).click();
    await ann.getByRole('button', { name: 'Intercept' }).waitFor();
    expect(await ann.getByRole('button', { name: 'Take', exact: true }).count()).toBe(0);

    await bob.getByRole('log').click();
    await bob.keyboard.press('a');
    await bob.getByLabel('Note for them (internal)').fill('She paid already.');
    expect(await seriousProblems(bob)).toEqual([]);
    await bob.getByRole('menuitem', { name: /Administrator .*talks/ }).click();
    await bob.getByText('Transferred.').waitFor();

    await ann.getByText('With you').waitFor();
    await ann.getByRole('log').getByText('She paid already.').waitFor();
    await ann.getByRole('log').click();
    await ann.keyboard.press('c');
    await ann.getByRole('menuitem', { name: 'Won' }).click();
    await ann.getByText('Closed · won').waitFor();
    await ann.getByRole('link', { name: 'Board' }).click();
    await ann.getByRole('region', { name: 'Sales' }).getByText('2 of 2 free').waitFor();
    expect(await seriousProblems(ann)).toEqual([]);
  }, 120_000);
});
