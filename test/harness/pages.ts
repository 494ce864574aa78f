import type { Browser, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { launchBrowser } from './browser.ts';

/** A wide screen, CSS pixels. */
export const WIDE = { width: 1280, height: 800 };
/** The narrowest that everything has to work on, CSS pixels. */
export const NARROW = { width: 360, height: 740 };

/** What the tests of one file open in the browser they share. */
export interface TestPages {
  /** A page in a context of its own, on a wide screen unless told otherwise; closed after the test. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** One more page in the same context. */
  beside(page: Page): Promise<Page>;
  /** Closed after the test, the last one first. */
  keep<T extends { close(): Promise<unknown> }>(thing: T): T;
  /** What the test's pages complained about: exceptions, and the lines of their console that count. */
  complaints(): string[];
}

/** Call once in a file. `counts`: which lines of the console are complaints; default: none. */
export function testPages(counts: (line: ConsoleMessage) => boolean = () => false): TestPages {
  let browser: Browser | undefined;
  const kept: { close(): Promise<unknown> }[] = [];
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(inject('launch'));
  });
  afterEach(async () => {
    for (const thing of kept.splice(0).reverse()) await thing.close();
    complaints = [];
  });
  afterAll(() => browser?.close());

  const pages: TestPages = {
    async open(options = {}) {
      if (!browser) throw new Error('The browser is started before the first test.');
      const given = { locale: 'en-US', viewport: WIDE, ...options };
      const context = pages.keep(await browser.newContext(given));
      // A machine may be busy with other things: what comes, comes within this.
      context.setDefaultTimeout(30_000);
      context.on('weberror', (failure) => complaints.push(failure.error().message));
      context.on('console', (line) => {
        if (counts(line)) complaints.push(line.text());
      });
      return context.newPage();
    },
    beside: (page) => page.context().newPage(),
    keep(thing) {
      kept.push(thing);
      return thing;
    },
    complaints: () => complaints,
  };
  return pages;
}
