import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  ConversationView,
  FlowView,
  MessageView,
  Page as PageOf,
} from '../../src/contract/wire.ts';
import { startTestApp } from '../harness/app.ts';
import type { TestApp } from '../harness/app.ts';
import { testPages } from '../harness/pages.ts';
import { until } from '../harness/until.ts';
import { openShop } from '../harness/visitor.ts';
import type { Shop } from '../harness/visitor.ts';
import { serveHostPage } from './host-page.ts';
import type { HostPage } from './host-page.ts';
import { seriousProblems, signIn } from './inbox-office.ts';

const pages = testPages();
let app: TestApp;
let shop: Shop;
let host: HostPage;

beforeAll(async () => {
  app = await startTestApp();
  shop = await openShop(app, { title: 'Lumen' });
  host = await serveHostPage(app.url, shop.line.key);
});
afterAll(async () => {
  await host?.close();
  await app?.stop();
});

const settings = async (options: BrowserContextOptions = {}): Promise<Page> => {
  const page = await pages.open(options);
  await page.goto(`${app.url}/settings/flows`);
  await signIn(page, app.admin.email);
  await page.getByRole('heading', { name: 'Flows', exact: true }).waitFor();
  return page;
};
/** Adds a step at the end; its fields are open and have the focus. */
const add = async (page: Page, kind: string): Promise<void> => {
  await page.getByRole('button', { name: 'Add a step', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
  await page.locator('.step-body').waitFor();
};
const simulator = (page: Page) => page.getByRole('region', { name: 'Try it' });
const log = (page: Page) => page.getByRole('log', { name: 'Simulated talk' });
const widget = (page: Page): FrameLocator => page.frameLocator('iframe[title="Lumen"]');
const write = async (frame: FrameLocator, text: string): Promise<void> => {
  const field = frame.getByRole('textbox', { name: 'Write a message' });
  await field.fill(text);
  await field.press('Enter');
};
const visit = async (words: string): Promise<FrameLocator> => {
  const page = await pages.open();
  await page.goto(host.url);
  await page
    .getByRole('button', { name: /^Open chat/ })
    .first()
    .click();
  await write(widget(page), words);
  return widget(page);
};
const said = (frame: FrameLocator, text: string) => frame.locator('.bubble', { hasText: text });
const flowNamed = async (name: string): Promise<FlowView> => {
  const { body } = await app.call<PageOf<FlowView>>('GET', '/flows');
  const flow = body.items.find((one) => one.name === name);
  if (!flow) throw new Error(`no flow ${name}`);
  return flow;
};

describe('an administrator', () => {
  it('composes a flow, tries it out, publishes it, puts it on a line, and a visitor is led through it', async () => {
    const page = await settings();
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Reception');
    await page.getByText('An empty list').click();
    await page.getByRole('button', { name: 'Make the flow' }).click();
    await page.getByText('Add at least one step.').waitFor();

    // By mouse.
    await add(page, 'Say');
    await page.getByLabel('Text', { exact: true }).fill('Welcome to Lumen.');
    await add(page, 'Ask with buttons');
    await page.getByLabel('Question', { exact: true }).fill('What is it about?');
    await page.getByLabel('Label 1').fill('An order');
    await page.getByRole('button', { name: 'Add an answer' }).click();
    await page.getByLabel('Label 2').fill('Something else');
    await page.getByLabel('Name of the step').fill('Topic');

    // By keyboard: the menu's first, then the third, entry; the field has the focus.
    await page.getByRole('button', { name: 'Add a step', exact: true }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const field = page.getByLabel('Ask for', { exact: true });
    await field.waitFor();
    await until('the field has the focus', () =>
      field.evaluate((element) => element.ownerDocument.activeElement === element),
    );
    await page.getByLabel('Question', { exact: true }).fill('Your e-mail address?');
    await page.getByLabel('Name of the step').fill('E-mail');
    await add(page, 'Hand over to people');
    await page.getByLabel('Last words').fill('One moment.');
    await page.getByRole('button', { name: /^2 .*Topic|^2Topic/ }).click();
    await page.getByLabel('Answer 2 leads to').selectOption({ label: '4. Hand over to people' });

    // A talk with it, beside.
    await log(page).getByText('Welcome to Lumen.').waitFor();
    await log(page).getByRole('button', { name: 'An order' }).click();
    await log(page).getByText('Your e-mail address?').waitFor();
    await page.locator('.step.active', { hasText: 'E-mail' }).waitFor();
    await simulator(page).getByLabel('Write as the customer').fill('no');
    await page.keyboard.press('Enter');
    await simulator(page).getByRole('button', { name: 'Let 15 minutes pass' }).click();
    await log(page).getByText('To the people of the line').waitFor();
    await simulator(page).getByText('The flow is over.').waitFor();
    await simulator(page).getByText('Circumstances').click();
    await simulator(page).getByLabel('E-mail address is known').check();
    await log(page).getByRole('button', { name: 'An order' }).click();
    await log(page).getByText('One moment.').waitFor();
    expect(await log(page).getByText('Your e-mail address?').count()).toBe(0);
    expect(await seriousProblems(page)).toEqual([]);

    await page.getByText('Not saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByLabel('What is new').fill('The first one.');
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Version 1 is what new talks get.').waitFor();

    await page.getByRole('link', { name: 'Lines' }).click();
    await page.getByRole('link', { name: /^Shop/ }).click();
    const own = page.getByRole('checkbox', { name: /^Reception/ });
    await own.check();
    await page.getByRole('link', { name: 'Open its steps' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();

    const visitor = await visit('Hello there');
    await said(visitor, 'Welcome to Lumen.').waitFor();
    await visitor.getByRole('button', { name: 'An order' }).click();
    await said(visitor, 'Your e-mail address?').waitFor();

    // Another version goes live meanwhile: this visitor keeps theirs, the next one gets it.
    const flow = await flowNamed('Reception');
    const changed = await app.call<FlowView>('PATCH', `/flows/${flow.id}`, {
      rev: flow.rev,
      draft: {
        ...flow.draft,
        steps: flow.draft.steps.map((step) =>
          'text' in step ? { ...step, text: `New: ${step.text}` } : step,
        ),
      },
    });
    const second = await app.call<FlowView>('POST', `/flows/${flow.id}/publish`, {
      rev: changed.body.rev,
    });
    expect(second.body.published?.number).toBe(2);
    await write(visitor, 'me@example.org');
    await said(visitor, 'One moment.').waitFor();
    expect(await said(visitor, 'New:').count()).toBe(0);
    const talk = await until('the talk is with Ann', async () => {
      const { body } = await app.call<PageOf<ConversationView>>('GET', '/conversations');
      return body.items.find(({ ownerId }) => ownerId === shop.operator.id) ?? null;
    });
    const { body } = await app.call<PageOf<MessageView>>(
      'GET',
      `/conversations/${talk.id}/messages`,
    );
    expect(
      body.items.filter(({ direction }) => direction !== 'event').map(({ text }) => text),
    ).toEqual([
      'Hello there',
      'Welcome to Lumen.',
      'What is it about?',
      'An order',
      'Your e-mail address?',
      'me@example.org',
      'One moment.',
    ]);
    await said(await visit('Me too'), 'New: Welcome to Lumen.').waitFor();
    expect(pages.complaints()).toEqual([]);
  });

  it('sees what is wrong at its step, and loses nothing that is not saved', async () => {
    const page = await settings();
    await page.getByRole('link', { name: 'New flow' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Careful');
    await page.getByText('Contact details').click();
    await page.getByRole('button', { name: 'Make the flow' }).click();
    await page
      .getByRole('button', { name: /Welcome/ })
      .first()
      .click();
    await page.getByLabel('Text', { exact: true }).fill('');
    await page.locator('.step', { hasText: 'Welcome' }).getByText('Give the text.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    await page.getByLabel('Text', { exact: true }).fill('Good day.');
    await page.getByText('Give the text.').waitFor({ state: 'detached' });

    // Moved by keys, the step keeps the focus.
    const head = page.locator('[data-step="s1"] [data-act="open"]');
    await head.focus();
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText('Welcome is step 2 now.').waitFor({ state: 'attached' });
    await until('it has the focus', () =>
      head.evaluate((element) => element.ownerDocument.activeElement === element),
    );
    await page.keyboard.press('Alt+ArrowUp');

    await page.getByRole('button', { name: 'Remove: Welcome' }).click();
    await log(page).getByText('Good day.').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await log(page).getByText('Good day.').waitFor();

    await page.getByRole('link', { name: 'Company' }).click();
    await page.getByText('The changes of “Careful” are not saved').waitFor();
    await page.getByRole('link', { name: 'Flows' }).click();
    await page.getByRole('link', { name: /^Careful.*Not saved/ }).click();
    await log(page).getByText('Good day.').waitFor();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Not saved', { exact: true }).waitFor({ state: 'detached' });
    expect((await flowNamed('Careful')).draft.steps[0]).toMatchObject({ text: 'Good day.' });

    // A colleague's change is not written over.
    const { id, rev } = await flowNamed('Careful');
    await app.call('PATCH', `/flows/${id}`, { rev, name: 'Theirs' });
    await page.getByLabel('Name', { exact: true }).fill('Mine');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('A colleague has changed "Theirs" meanwhile.').waitFor();
    await page.getByRole('button', { name: /^Load theirs/ }).click();
    await page.getByRole('heading', { name: 'Theirs' }).waitFor();
    expect(pages.complaints()).toEqual([]);
  });

  it('looks at versions and brings one back', async () => {
    const { body: made } = await app.call<FlowView>('POST', '/flows', {
      name: 'Back',
      draft: { begins: 'opened', steps: [{ id: 's1', kind: 'say', text: 'The old words.' }] },
    });
    await app.call('POST', `/flows/${made.id}/publish`, { rev: made.rev });
    const { body: first } = await app.call<FlowView>('GET', `/flows/${made.id}`);
    const { body: changed } = await app.call<FlowView>('PATCH', `/flows/${made.id}`, {
      rev: first.rev,
      draft: { begins: 'opened', steps: [{ id: 's1', kind: 'say', text: 'The new words.' }] },
    });
    await app.call('POST', `/flows/${made.id}/publish`, { rev: changed.rev });
    const page = await settings();
    await page.getByRole('link', { name: /^Back/ }).click();
    await page.getByRole('button', { name: 'Versions' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Steps', { exact: true }).last().click();
    await dialog.getByText('The old words.').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Bring back' }).click();
    await page
      .getByRole('dialog', { name: /^Bring version 1 back/ })
      .getByRole('button', { name: 'Bring back' })
      .click();
    await page.getByText('Version 3 is what new talks get.').waitFor();
    await log(page).getByText('The old words.').waitFor();
  });

  it.each([
    ['light', 'light'],
    ['dark', 'dark'],
  ] as const)('has room for it on a phone, in %s', async (_name, colorScheme) => {
    const { body: flow } = await app.call<FlowView>('POST', '/flows', {
      name: `Small ${colorScheme}`,
      draft: {
        begins: 'opened',
        steps: [
          {
            ...{ id: 's1', kind: 'ask', text: 'What is it about?' },
            options: [{ label: 'An answer with a label that is long enough' }],
          },
        ],
      },
    });
    const page = await settings({ viewport: { width: 360, height: 740 }, colorScheme });
    await page.goto(`${app.url}/settings/flows/${flow.id}`);
    await page.locator('[data-act="open"]').click();
    await log(page).getByText('What is it about?').waitFor();
    const overflow = await page.evaluate(
      "document.querySelector('.settings-body').scrollWidth - document.querySelector('.settings-body').clientWidth",
    );
    expect(overflow).toBe(0);
    expect(await seriousProblems(page)).toEqual([]);
  });

  it('lets a supervisor look and try, but not change', async () => {
    await app.call('POST', '/users', {
      ...{ name: 'Sue', email: 'sue@example.org', role: 'supervisor' },
      password: 'correct horse battery',
    });
    await app.call('POST', '/flows', {
      name: 'Look',
      draft: { begins: 'opened', steps: [{ id: 's1', kind: 'say', text: 'Only to look at.' }] },
    });
    const page = await pages.open();
    await page.goto(`${app.url}/settings/flows`);
    await signIn(page, 'sue@example.org');
    await page.getByRole('link', { name: /^Look/ }).click();
    await page.getByText('Only administrators change flows.').waitFor();
    await log(page).getByText('Only to look at.').waitFor();
    expect(await page.getByRole('button', { name: /Save|Publish|Remove|Add a step/ }).count()).toBe(
      0,
    );
  });
});
