// The web apps; scripts/build.mjs builds them one after the other.
import { gzipSync } from 'node:zlib';

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } };

/** A site may serve the loader, or have its page read, in another character set. */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk')
        file.code = file.code.replace(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
  },
};

/** Every site's visitors load the widget: its files are compressed once, here. */
const compressed = {
  name: 'compressed',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue;
        const source = gzipSync(file.type === 'chunk' ? file.code : file.source, { level: 9 });
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
      }
    },
  },
};

/** Vite loads the styles of lazy parts beside them; the widget's are in one file, and a kilobyte counts. */
const plainImports = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js'
      ? 'export const __vitePreload = (load) => load();'
      : undefined,
};

export const apps = [
  {
    ...jsx,
    root: 'inbox',
    base: '/',
    build: { outDir: '../web-dist/inbox', emptyOutDir: true, target: 'es2022', sourcemap: false },
  },
  {
    ...jsx,
    root: 'web-widget/app',
    base: '/widget/',
    publicDir: false,
    plugins: [plainImports, compressed],
    build: {
      outDir: '../../web-dist/widget',
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: false,
    },
  },
  {
    root: 'web-widget/loader',
    publicDir: false,
    plugins: [asciiOnly, compressed],
    build: {
      outDir: '../../web-dist/widget',
      emptyOutDir: false,
      target: 'es2020',
      lib: {
        entry: 'loader.ts',
        formats: ['iife'],
        name: 'OpenlineLoader',
        fileName: () => 'loader.js',
      },
    },
  },
];
