// Takes the pictures of README.md and docs/ from a running demo: `node scripts/pictures.mjs` after a build.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
process.chdir(ROOT);
const FOLDER = 'docs/pictures';
mkdirSync(FOLDER, { recursive: true });

/** Starts the demo and reads from what it prints where it is and who may sign in. */
async function startDemo() {
  const child = spawn(process.execPath, ['dist/src/demo/main.js'], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^(Open|Sign in|Password)\s+(\S+)$/.exec(line) ?? [];
    if (name) said[name] = value;
    const [shop] = /http:\S+$/.exec(line.includes('shop:') ? line : '') ?? [];
    if (shop) return { said, shop, stop: () => child.kill('SIGTERM') };
  }
  throw new Error('The demo did not start.');
}

const { module: harness } = await runnerImport('./test/harness/browser.ts');
const demo = await startDemo();
const browser = await harness.launchBrowser(await harness.chromiumLaunchOptions());
try {
  const context = await browser.newContext({
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const take = (name) => page.screenshot({ path: `${FOLDER}/${name}.png` });

  await page.goto(demo.said.Open);
  await page.getByLabel('E-mail').fill(demo.said['Sign in']);
  await page.getByLabel('Password').fill(demo.said.Password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor({ state: 'detached' });
  await page.goto(`${demo.said.Open}/inbox/open`);
  await page.getByText('Lena Vogel').first().click();
  await page.getByText('White ones take six weeks').waitFor();
  await page.mouse.move(720, 300);
  // What just happens would hide what the picture is about.
  await page.addStyleTag({ content: '.toasts { display: none }' });
  await page.waitForTimeout(1500);
  await take('inbox');

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await take('inbox-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  await page.setViewportSize({ width: 360, height: 740 });
  await page.reload();
  await page.getByText('White ones take six weeks').waitFor();
  await page.waitForTimeout(1500);
  await take('inbox-phone');

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(demo.shop);
  await page.getByRole('button', { name: /chat/i }).click();
  const widget = page.frameLocator('iframe');
  await widget.getByRole('textbox').fill('Hello! Is the Arc lamp in stock?');
  await widget.getByRole('textbox').press('Enter');
  await page.waitForTimeout(1000);
  await take('widget');
} finally {
  await browser.close();
  demo.stop();
}
