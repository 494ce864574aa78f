import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { loadCommands } from '../../src/desk/commands/load-commands.ts';
import { ROOT } from '../architecture/sources.ts';
import type { Page } from './pages.ts';
import { allPages, linksOf, spansOf } from './pages.ts';

const pages = allPages();
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const isThere = (file: string): boolean => existsSync(path.join(ROOT, file));

/** What is wrong on each page, with the page's name. */
const complaints = (check: (page: Page) => string[]): string[] =>
  pages.flatMap((page) => check(page).map((what) => `${page.file}: ${what}`));

describe('a document', () => {
  it('is looked at, wherever it lies', () => {
    const files = pages.map(({ file }) => file);
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'docs/errors.md', 'channels/sandbox/README.md']),
    );
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(40);
  });

  it('links to what is there', () => {
    const broken = complaints((page) =>
      linksOf(page)
        .filter((target) => !/^[a-z]+:/.test(target) && !target.startsWith('#'))
        .filter((target) => {
          const [file = '', anchor] = target.split('#');
          const whole = path.posix.join(path.posix.dirname(page.file), file);
          return !isThere(whole) || (anchor !== undefined && !anchorsOf(whole).includes(anchor));
        }),
    );
    expect(broken).toEqual([]);
  });

  it('names files and folders that are there', () => {
    const folders =
      /^(?:\.ci|src|channels|flows|inbox|web-widget|packages|test|docs|scripts|tools)\//;
    const missing = complaints((page) =>
      spansOf(page)
        .filter((span) => folders.test(span) && !/[\s*<…]/.test(span))
        .map((span) => span.replace(/[/:]+$/, ''))
        .filter((span) => !isThere(span) && !isThere(path.join(path.dirname(page.file), span))),
    );
    expect(missing).toEqual([]);
  });

  it('names scripts of npm that there are', () => {
    const scripts = (file: string): string[] =>
      Object.keys((JSON.parse(read(file)) as { scripts: object }).scripts);
    const known = (tools: string | undefined, workspace: string | undefined): string[] =>
      workspace
        ? scripts(`packages/${workspace}/package.json`)
        : [...scripts(tools ? 'tools/package.json' : 'package.json'), 'install'];
    const unknown = complaints(({ text }) =>
      [
        ...text.matchAll(
          /\bnpm (--prefix tools )?(?:run )?(?!ci\b)([a-z][\w:-]*)(?: -w ([\w-]+))?/g,
        ),
      ]
        .filter(([whole]) => /npm (--prefix tools )?(run |test|start|install)/.test(whole))
        .filter(([, tools, name = '', workspace]) => !known(tools, workspace).includes(name))
        .map(([whole]) => whole),
    );
    expect(unknown).toEqual([]);
  });

  it('names chat commands that there are', async () => {
    const commands = (await loadCommands()).map(({ name }) => name.split(' ')[0]);
    const addresses =
      /^\/(?:api|healthz|readyz|metrics|hooks|files|widget|visitor|socket\.io|staff|conversations|channel-types|quarantine|messages|receipts|users|_)\b/;
    const unknown = complaints((page) =>
      spansOf(page).filter((span) => {
        const [, name] = /^[/!]([a-z]+)(?:\s|$)/.exec(span) ?? [];
        return name !== undefined && !addresses.test(span) && !commands.includes(name);
      }),
    );
    expect(unknown.filter((line) => line.startsWith('docs/') || line.startsWith('README'))).toEqual(
      [],
    );
  });

  it('names no machine of ours, and none of its folders', () => {
    expect(complaints(({ text }) => text.match(/\/(?:work|root|home)\/\w+/g) ?? [])).toEqual([]);
  });
});

describe('docs/administrators/settings.md', () => {
  const rows = new Map(
    [
      ...read('docs/administrators/settings.md').matchAll(/^\| `([A-Z_]+)` \| (.+?) \| .+\|$/gm),
    ].map(([, name = '', standard = '']) => [name, standard.replaceAll('`', '')]),
  );
  const [, list = ''] = /const NAMES = \[([\s\S]*?)\]/.exec(read('src/app/config.ts')) ?? [];
  const settings = [...list.matchAll(/'([A-Z_]+)'/g)].map(([, name = '']) => name);

  it('has every setting, and no other', () => {
    expect(settings.length).toBeGreaterThan(10);
    expect([...rows.keys()].toSorted()).toEqual(settings.toSorted());
  });

  it('says the true defaults', () => {
    const standard = readConfig({});
    const said = readConfig({
      PORT: rows.get('PORT'),
      HOST: rows.get('HOST'),
      DATA_DIR: rows.get('DATA_DIR'),
      TRUST_PROXY: rows.get('TRUST_PROXY'),
      LOG_LEVEL: rows.get('LOG_LEVEL'),
      ALLOW_PRIVATE_PROVIDER_HOSTS: rows.get('ALLOW_PRIVATE_PROVIDER_HOSTS'),
    });
    expect(said).toEqual(standard);
  });

  it('is the only place where a setting may be invented: others name these', () => {
    const others = ['CHROMIUM_PATH', 'OPENLINE_TEST_MONGODB_URI', 'TMPDIR', 'NODE_ENV'];
    const unknown = complaints((page) =>
      page.file.startsWith('docs/') || page.file === 'README.md'
        ? spansOf(page)
            .flatMap((span) => /^([A-Z][A-Z]+_[A-Z_]+)(?:=.*)?$/.exec(span)?.[1] ?? [])
            .filter((name) => !settings.includes(name) && !others.includes(name))
        : [],
    );
    expect(unknown).toEqual([]);
  });
});

/** As a forge makes them of headings. */
const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
