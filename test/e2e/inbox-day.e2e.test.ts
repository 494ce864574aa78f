import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startTestApp } from '../harness/app.ts';
import type { TestApp } from '../harness/app.ts';
import { testPages } from '../harness/pages.ts';
import { furnish, PASSWORD, seriousProblems, signIn } from './inbox-office.ts';

const pages = testPages();

async function startApp(): Promise<TestApp> {
  const app = await startTestApp();
  pages.keep({ close: () => app.stop() });
  return app;
}

/** Somebody of the office at their own screen, online. */
async function arrive(url: string, email: string, online = true): Promise<Page> {
  const page = await pages.open();
  await page.goto(url);
  await signIn(page, email);
  if (!online) return page;
  await page.getByRole('button', { name: /Offline$/ }).click();
  await page.getByRole('menuitemradio', { name: /Online/ }).click();
  return page;
}

describe('a day of two operators', () => {
  it('goes from an offer that is skipped to one that is taken, handed over and closed', async () => {
    const app = await startApp();
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

describe('a day of a supervisor', () => {
  it('watches the board, sees who looks and writes, joins silently, intercepts, scores', async () => {
    const app = await startApp();
    const { writes } = await furnish(app, { queue: 'strictly' });
    await app.call('POST', '/users', {
      ...{ name: 'Sue Lane', email: 'sue@example.org', password: PASSWORD, role: 'supervisor' },
    });
    await writes('Maria Gomez')('Where is my desk?');
    const sue = await arrive(app.url, 'sue@example.org', false);
    await sue.getByRole('link', { name: 'Board' }).click();
    const sales = sue.getByRole('region', { name: 'Sales' });
    await sales.getByText('Maria Gomez').waitFor();
    await sales.getByText('Nobody is free', { exact: true }).waitFor();

    // Bob comes, has the talk and begins to answer.
    const bob = await arrive(app.url, 'bob@example.org');
    await bob.getByRole('link', { name: /Maria Gomez/ }).click();
    await bob.getByText('With you').waitFor();
    await sales.getByText('1 of 2 free').waitFor();
    await sue.getByRole('link', { name: 'Inbox' }).click();
    await sue.getByRole('link', { name: 'All open' }).click();
    const row = sue.getByRole('link', { name: /Maria Gomez/ });
    await row.getByRole('img', { name: 'Bob Smith is looking at this' }).waitFor();
    await bob.getByRole('textbox', { name: /Answer Maria Gomez/ }).pressSequentially('No idea');
    await row.getByText('Bob Smith is writing…').waitFor();

    // Who opens a talk is seen; who joins silently is not, but by those who look after others.
    await row.click();
    await bob.getByRole('img', { name: 'Sue Lane is looking at this' }).first().waitFor();
    await sue.getByRole('button', { name: 'More actions' }).click();
    await sue.getByRole('menuitem', { name: 'Join silently' }).click();
    await bob
      .getByRole('img', { name: 'Sue Lane is looking at this' })
      .first()
      .waitFor({ state: 'detached' });
    await bob.getByRole('button', { name: 'Send', exact: true }).click();
    await sue.getByRole('log').getByText('No idea').waitFor();
    expect(await seriousProblems(sue)).toEqual([]);

    await sue.getByRole('button', { name: 'Intercept' }).click();
    await sue.getByRole('dialog').getByRole('button', { name: 'Intercept' }).click();
    await sue.getByText('With you').waitFor();
    await bob.getByText('Sue Lane took over').waitFor();
    await sue.getByRole('button', { name: 'Close' }).first().click();
    await sue.getByRole('menuitem', { name: 'Won' }).click();
    await sue.getByText('Closed · won').waitFor();

    // The talk that Bob had before is closed by him, and scored.
    await writes('Noor Haddad')('Do you deliver?');
    await bob.getByRole('link', { name: /Noor Haddad/ }).click();
    await bob.getByRole('textbox', { name: /Answer Noor/ }).fill('Yes, on Monday.');
    await bob.keyboard.press('Enter');
    await bob.getByRole('log').getByText('Yes, on Monday.').waitFor();
    await bob.getByRole('log').click();
    await bob.keyboard.press('c');
    await bob.getByRole('menuitem', { name: 'Done' }).click();
    await sue.getByRole('link', { name: 'Closed', exact: true }).click();
    await sue.getByRole('link', { name: /Noor Haddad/ }).click();
    const panel = sue.getByRole('complementary', { name: 'Details of the talk' });
    await panel.getByRole('button', { name: 'Score' }).click();
    const dialog = sue.getByRole('dialog', { name: 'Score session 1: Bob Smith' });
    await dialog.locator('label', { hasText: '4 of 5' }).click();
    await dialog.getByLabel('Comment').fill('Quick and clear');
    expect(await seriousProblems(sue)).toEqual([]);
    await dialog.getByRole('button', { name: 'Score' }).click();
    await panel.getByText('Quick and clear').waitFor();
    await bob.getByText('Sue Lane scored your talk with Noor Haddad: 4 of 5').waitFor();
    await bob
      .getByRole('complementary', { name: 'Details of the talk' })
      .getByText('Quick and clear')
      .waitFor();
    expect(await seriousProblems(bob)).toEqual([]);
  }, 120_000);
});

describe('two devices of one person', () => {
  it('have the same unsent text, until it is sent', async () => {
    const app = await startApp();
    const { writes } = await furnish(app);
    await writes('Maria Gomez')('Where is my desk?');
    const desk = await arrive(app.url, 'bob@example.org');
    const phone = await arrive(app.url, 'bob@example.org', false);
    const box = (page: Page) => page.getByRole('textbox', { name: /Answer Maria Gomez|note/ });
    for (const page of [desk, phone]) {
      await page.getByRole('link', { name: /Maria Gomez/ }).click();
      await page.getByRole('log').getByText('Where is my desk?').waitFor();
    }
    await desk.getByRole('button', { name: 'Note', exact: true }).click();
    await box(desk).fill('She is a VIP');
    await expect.poll(() => box(phone).inputValue(), { timeout: 10_000 }).toBe('She is a VIP');
    // A note stays one.
    await phone.getByRole('button', { name: 'Add note' }).waitFor();
    await phone.getByRole('button', { name: 'Add note' }).click();
    await desk.getByRole('log').getByText('She is a VIP').waitFor();
    await expect.poll(() => box(desk).inputValue(), { timeout: 10_000 }).toBe('');
  }, 120_000);
});
