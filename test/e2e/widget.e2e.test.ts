import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConversationView, MessageView, Page as PageOf } from '../../src/contract/wire.ts';
import { startTestApp } from '../harness/app.ts';
import type { TestApp } from '../harness/app.ts';
import { testPages } from '../harness/pages.ts';
import { until } from '../harness/until.ts';
import { openShop } from '../harness/visitor.ts';
import type { Shop } from '../harness/visitor.ts';
import { serveHostPage } from './host-page.ts';
import type { HostPage } from './host-page.ts';

const BUILT = path.resolve('web-dist/widget');

/** A broken policy is an error in the console. */
const pages = testPages((line) => line.type() === 'error');
let app: TestApp;
let shop: Shop;
let host: HostPage;

beforeAll(async () => {
  app = await startTestApp();
  shop = await openShop(app, {
    title: 'Lumen & Co',
    greeting: 'Ask us anything about light.',
    color: '#1d6b4f',
  });
  host = await serveHostPage(app.url, shop.line.key);
});
afterAll(async () => {
  await host?.close();
  await app?.stop();
});

const launcher = (page: Page) => page.getByRole('button', { name: /^(Open|Close) chat/ }).first();
const widget = (page: Page): FrameLocator => page.frameLocator('iframe[title="Lumen & Co"]');
const openWidget = async (page: Page): Promise<FrameLocator> => {
  await page.goto(host.url);
  await launcher(page).click();
  await widget(page).getByRole('textbox', { name: 'Write a message' }).waitFor();
  return widget(page);
};
const write = async (frame: FrameLocator | Page, text: string): Promise<void> => {
  const field = frame.getByRole('textbox', { name: 'Write a message' });
  await field.fill(text);
  await field.press('Enter');
};
const said = (frame: FrameLocator | Page, text: string) =>
  frame.locator('.bubble', { hasText: text });
const talkWith = (text: string): Promise<ConversationView> =>
  until(`the talk with "${text}"`, async () => {
    const { body } = await app.call<PageOf<ConversationView>>('GET', '/conversations');
    return body.items.find(({ lastMessage }) => lastMessage?.text === text) ?? null;
  });
let keys = 0;
const answer = async (id: string, text: string, more: object = {}): Promise<MessageView> => {
  const { status, body } = await app.call<MessageView>('POST', `/conversations/${id}/messages`, {
    text,
    clientId: `e2e-${++keys}`,
    force: true,
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
/** Serious findings of axe on the page and its frames, in words. */
const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};

describe('on a site with a strict policy', () => {
  test('a visitor writes, is answered, reloads and has the talk', async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    await write(frame, 'Is the Aurora dimmable?');
    const talk = await talkWith('Is the Aurora dimmable?');
    await answer(talk.id, 'Yes, from 5 to 100 %.', {
      marks: [{ type: 'bold', offset: 0, length: 3 }],
    });
    await said(frame, 'Yes, from 5').waitFor();
    expect(await said(frame, 'Yes, from 5').locator('strong').textContent()).toBe('Yes');
    await frame.getByRole('img', { name: 'Seen' }).waitFor();

    await page.reload();
    await launcher(page).click();
    await said(widget(page), 'Is the Aurora dimmable?').waitFor();
    await said(widget(page), 'Yes, from 5 to 100 %.').waitFor();
    expect(pages.complaints()).toEqual([]);
  });

  test('an answer to a closed widget is announced, counted, and read when it is opened', async () => {
    const page = await pages.open();
    await write(await openWidget(page), 'Ring me when you are back');
    const talk = await talkWith('Ring me when you are back');
    await launcher(page).click();
    const sent = await answer(talk.id, 'Here I am.');
    await page.getByRole('button', { name: 'Open chat, 1 unread message' }).waitFor();
    expect(await page.getByRole('status').first().textContent()).toContain('Here I am.');
    await launcher(page).click();
    await until('it is read', async () => {
      const { body } = await app.call<PageOf<MessageView>>(
        'GET',
        `/conversations/${talk.id}/messages`,
      );
      return body.items.find(({ id }) => id === sent.id)?.delivery?.state === 'read';
    });
    await page.getByRole('button', { name: 'Close chat' }).first().waitFor();
  });

  test('what an operator writes is text, whatever it looks like', async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    await write(frame, 'Try me');
    const talk = await talkWith('Try me');
    const evil = '<img src=x onerror="document.title=1"> click';
    await answer(talk.id, evil);
    await said(frame, evil).waitFor();
    expect(await frame.locator('.bubble img').count()).toBe(0);
    expect(pages.complaints()).toEqual([]);
  });

  test('files go both ways', async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    const shot = await page.screenshot({ clip: { x: 0, y: 0, width: 200, height: 120 } });
    await frame.locator('input[type=file]').setInputFiles([
      { name: 'room.png', mimeType: 'image/png', buffer: shot },
      { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 plan') },
    ]);
    await frame.getByRole('button', { name: 'Remove plan.pdf' }).waitFor();
    await until(
      'both are uploaded',
      async () => (await frame.locator('.drafts small').count()) === 2,
    );
    await write(frame, 'It would stand here');
    const picture = frame.getByRole('img', { name: 'room.png' });
    await picture.waitFor();
    await until('the picture is drawn', () =>
      picture.evaluate(
        (image) => (image as unknown as { naturalWidth: number }).naturalWidth === 200,
      ),
    );
    const talk = await talkWith('It would stand here');
    const { body } = await app.call<PageOf<MessageView>>(
      'GET',
      `/conversations/${talk.id}/messages`,
    );
    const kinds = body.items.flatMap(({ parts }) => parts.map(({ kind }) => kind));
    expect(kinds).toEqual(expect.arrayContaining(['image', 'file', 'text']));

    await frame
      .locator('input[type=file]')
      .setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    expect(await frame.getByRole('alert').textContent()).toContain('empty.txt is empty.');
  });

  test("a button is pressed once and answers in the visitor's name", async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    await write(frame, 'Put one aside?');
    const talk = await talkWith('Put one aside?');
    await answer(talk.id, 'Which colour?', { buttons: [{ label: 'Oak' }, { label: 'Black' }] });
    await frame.getByRole('button', { name: 'Oak' }).click();
    const pressed = frame.locator('.own .bubble', { hasText: 'Oak' });
    await pressed.filter({ hasText: 'Which colour?' }).waitFor();
    await talkWith('Oak');
    expect(await pressed.count()).toBe(1);
    expect(await frame.locator('.own.waiting, .own.stored').count()).toBe(0);
  });

  test('two tabs of one visitor show the same', async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    await write(frame, 'In the first tab');
    await talkWith('In the first tab');
    const second = await pages.beside(page);
    const other = await openWidget(second);
    await said(other, 'In the first tab').waitFor();
    await write(other, 'In the second tab');
    await said(frame, 'In the second tab').waitFor();
  });

  test('what was written without a connection is sent once when it is back', async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    await write(frame, 'Still connected');
    await talkWith('Still connected');
    await page.context().setOffline(true);
    await frame.getByText('No connection.').waitFor();
    await write(frame, 'In the tunnel');
    await page.context().setOffline(false);
    const talk = await talkWith('In the tunnel');
    const { body } = await app.call<PageOf<MessageView>>(
      'GET',
      `/conversations/${talk.id}/messages`,
    );
    expect(body.items.filter(({ text }) => text === 'In the tunnel').length).toBe(1);
  });

  test('where sockets are blocked it goes by requests', async () => {
    const page = await pages.open();
    await page.routeWebSocket(/\/visitor$/, (socket) => socket.close());
    const frame = await openWidget(page);
    await write(frame, 'No sockets here');
    const talk = await talkWith('No sockets here');
    await answer(talk.id, 'No need for them.');
    await said(frame, 'No need for them.').waitFor();
  });

  test('signing out forgets the talk on this browser', async () => {
    const page = await pages.open();
    const frame = await openWidget(page);
    await write(frame, 'A private matter');
    await talkWith('A private matter');
    await page.evaluate('Openline.reset()');
    await said(frame, 'A private matter').waitFor({ state: 'detached' });
    expect(await page.evaluate('localStorage.length')).toBe(0);
    await page.reload();
    await launcher(page).click();
    await widget(page).getByRole('textbox').waitFor();
    expect(await said(widget(page), 'A private matter').count()).toBe(0);
  });
});

describe('somebody who is signed in at the site', () => {
  test('is known, keeps the talk over a reload, and leaves nothing to who comes next', async () => {
    const identity = (sub: string, name: string): string => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, name, exp: Math.floor(Date.now() / 1000) + 600 })}`;
      return `${body}.${createHmac('sha256', shop.secrets.identitySecret ?? '')
        .update(body)
        .digest('base64url')}`;
    };
    const page = await pages.open();
    const frame = await openWidget(page);
    await page.evaluate(`Openline.identify('${identity('u-1', 'Ann Lee')}')`);
    await until(
      'the browser is known',
      async () => (await page.evaluate('localStorage.length')) === 1,
    );
    await write(frame, 'My order is late');
    expect((await talkWith('My order is late')).contact.name).toBe('Ann Lee');
    await page.reload();
    await launcher(page).click();
    await said(widget(page), 'My order is late').waitFor();
    await page.evaluate(`Openline.identify('${identity('u-2', 'Bo Ray')}')`);
    await said(widget(page), 'My order is late').waitFor({ state: 'detached' });
    await write(widget(page), 'Hello from Bo');
    expect((await talkWith('Hello from Bo')).contact.name).toBe('Bo Ray');
  });
});

describe('the page around', () => {
  test('keeps nothing and asks nothing of a visitor who does not open the widget', async () => {
    const page = await pages.open();
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.goto(host.url);
    await launcher(page).waitFor();
    expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0);
    expect(sockets).toEqual([]);
  });

  test('gets one launcher though it runs the tag twice, and none after destroy', async () => {
    const page = await pages.open();
    await page.goto(`${host.url}?plain`);
    await launcher(page).waitFor();
    await page.evaluate(
      `(() => { const s = document.createElement('script'); s.src = '${app.url}/widget.js'; s.dataset.line = '${shop.line.key}'; document.head.append(s); return new Promise((r) => { s.onload = r; }); })()`,
    );
    await page.waitForTimeout(300);
    expect(await page.locator('iframe').count()).toBe(1);
    await page.evaluate('Openline.destroy()');
    expect(await page.locator('iframe').count()).toBe(0);
    expect(await page.evaluate('typeof Openline')).toBe('undefined');
  });

  test('drives it through window.Openline', async () => {
    const page = await pages.open();
    await page.goto(host.url);
    await launcher(page).waitFor();
    await page.evaluate(
      'window.seen = []; Openline.on("open", () => seen.push("open")); Openline.on("close", () => seen.push("close")); Openline.toggle()',
    );
    await widget(page).getByRole('textbox').waitFor();
    await page.evaluate('Openline.close()');
    expect(await page.evaluate('seen')).toEqual(['open', 'close']);
  });

  test('can not be spoken for by another frame', async () => {
    const page = await pages.open();
    await page.goto(`${host.url}?plain`);
    await launcher(page).waitFor();
    await page.evaluate(`postMessage({ mark: 'openline-1', type: 'token', token: 'forged' }, '*')`);
    await page.waitForTimeout(100);
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });
});

describe('with the keyboard and a screen reader', () => {
  test('the launcher opens it, Escape closes it, and the focus goes along', async () => {
    const page = await pages.open();
    await page.goto(host.url);
    await launcher(page).focus();
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Enter');
    const field = widget(page).getByRole('textbox');
    await field.waitFor();
    await until('the field has the focus', () =>
      field.evaluate((element) => element.ownerDocument.activeElement === element),
    );
    await page.keyboard.type('Typed at once');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('in two lines');
    expect(await field.inputValue()).toBe('Typed at once\nin two lines');
    await page.keyboard.press('Escape');
    await until('the launcher has the focus', () =>
      launcher(page).evaluate(
        (element) =>
          (element.getRootNode() as unknown as { activeElement: unknown }).activeElement ===
          element,
      ),
    );
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('false');
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing serious in the %s talk',
    async (colorScheme) => {
      const page = await pages.open({ colorScheme });
      const frame = await openWidget(page);
      await write(frame, `Looked at in the ${colorScheme}`);
      const talk = await talkWith(`Looked at in the ${colorScheme}`);
      await answer(talk.id, 'Read https://lumen.example', { buttons: [{ label: 'Done' }] });
      await frame.getByRole('button', { name: 'Done' }).waitFor();
      await page.waitForTimeout(400);
      expect(await findings(page)).toEqual([]);
      expect(await frame.getByRole('log').getAttribute('aria-live')).toBe('polite');
    },
  );
});

describe('on a phone', () => {
  test('it covers the screen, nothing sticks out, and it closes', async () => {
    const page = await pages.open({
      viewport: { width: 360, height: 700 },
      hasTouch: true,
      isMobile: true,
    });
    const frame = await openWidget(page);
    await until('it covers the screen', async () => {
      const box = await page.locator('iframe').boundingBox();
      return box?.x === 0 && box.y === 0 && box.width === 360 && box.height === 700;
    });
    await write(frame, `A${'a'.repeat(300)} ${'word '.repeat(40)}`);
    await frame.locator('.own .bubble').waitFor();
    expect(
      await frame
        .locator('html')
        .evaluate((root) => (root as unknown as { scrollWidth: number }).scrollWidth),
    ).toBe(360);
    await frame.getByRole('button', { name: 'Close chat' }).click();
    await launcher(page).waitFor();
  });
});

describe('when nobody is there', () => {
  test("it asks for consent and a way to answer, in the visitor's language, and axe agrees", async () => {
    const away = await openShop(app, {
      consent: 'Sie dürfen meine Angaben nutzen.',
      consentLink: 'https://shop.example/privacy',
    });
    await app.call('PUT', '/presence', { state: 'offline' }, away.token);
    const page = await pages.open({ locale: 'de-DE', viewport: { width: 360, height: 720 } });
    await page.goto(`${app.url}/widget/${away.line.key}`);
    const send = page.getByRole('button', { name: 'Nachricht hinterlassen' });
    await send.click();
    expect(await page.getByRole('alert').textContent()).toContain(
      'E-Mail-Adresse oder Telefonnummer',
    );
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Name').fill('Lea Roth');
    await page.getByLabel('E-Mail').fill('lea@example.org');
    await page.getByLabel('Nachricht', { exact: true }).fill('Bitte um Rückruf');
    await send.click();
    expect(await page.getByRole('alert').textContent()).toContain('stimmen Sie zuerst zu');
    await page.getByRole('checkbox').check();
    await send.click();
    await page.getByText('Vielen Dank!').waitFor();
    const talk = await talkWith('Bitte um Rückruf');
    expect(talk.contact.name).toBe('Lea Roth');
    await page.reload();
    await said(page, 'Bitte um Rückruf').waitFor();
  });
});

describe('what is loaded', () => {
  const gzipped = (file: string) =>
    gzipSync(readFileSync(path.join(BUILT, file)), { level: 9 }).length;
  const assets = readdirSync(path.join(BUILT, 'assets')).filter((name) => !name.endsWith('.gz'));

  test('the loader is at most 3 kB and plain ASCII', () => {
    expect(gzipped('loader.js')).toBeLessThanOrEqual(3 * 1024);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is asked
    expect(readFileSync(path.join(BUILT, 'loader.js'), 'utf8')).toMatch(/^[\x00-\x7f]*$/);
  });

  test('the open widget is at most 20 kB in any language', () => {
    const languages = assets.filter((name) => /^(en|de|ru)-/.test(name));
    const rest = assets.filter((name) => !languages.includes(name));
    expect(languages.length).toBe(3);
    const sum = ['index.html', ...rest.map((name) => `assets/${name}`)].reduce(
      (bytes, file) => bytes + gzipped(file),
      0,
    );
    const largest = Math.max(...languages.map((name) => gzipped(`assets/${name}`)));
    expect(sum + largest).toBeLessThanOrEqual(20 * 1024);
  });
});
