import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];

/**
 * Where a Chromium for the tests is and how to start it: `CHROMIUM_PATH`, a system one, else the one that npm ships,
 * unpacked once into `cache`. Call once per run (`global-browser.ts`): unpacking twice at a time would race.
 */
export async function chromiumLaunchOptions(
  cache: string = path.resolve('node_modules/.cache/chromium'),
): Promise<LaunchOptions> {
  const base: LaunchOptions = {
    headless: true,
    chromiumSandbox: false,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
      '--lang=en-US',
    ],
  };
  // Without LANG the browser calls itself `en-US@posix`, which `Intl` refuses.
  const env = { ...(process.env as Record<string, string>), LANG: 'en_US.UTF-8' };
  const system = [process.env.CHROMIUM_PATH, ...SYSTEM].find((file) => file && fs.existsSync(file));
  if (system) return { ...base, executablePath: system, env };

  const executablePath = await unpack(cache);
  const fonts = path.join(cache, 'fonts.conf');
  // The shipped fonts.conf names /tmp/fonts only: elsewhere every text would be invisible.
  fs.writeFileSync(
    fonts,
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>' +
      `<dir>/usr/share/fonts</dir><dir>${cache}/fonts/fonts</dir>` +
      `<cachedir>${cache}/fc-cache</cachedir></fontconfig>`,
  );
  const libraries = [path.join(cache, 'al2023/lib'), process.env.LD_LIBRARY_PATH];
  return {
    ...base,
    executablePath,
    env: { ...env, FONTCONFIG_FILE: fonts, LD_LIBRARY_PATH: libraries.filter(Boolean).join(':') },
  };
}

/** The package decides at import, by the environment, where and what it unpacks. */
async function unpack(cache: string): Promise<string> {
  fs.mkdirSync(cache, { recursive: true });
  const names = ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH'] as const;
  const before = names.map((name) => [name, process.env[name]] as const);
  process.env.TMPDIR = cache;
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x'; // else its own nss and expat stay packed
  try {
    const { default: shipped } = await import('@sparticuz/chromium');
    return await shipped.executablePath();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

/** Starts the browser; a second try, because a start was seen to fail about once in 150. */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  try {
    return await chromium.launch(options);
  } catch {
    return await chromium.launch(options);
  }
}
