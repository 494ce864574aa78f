// The two web apps; scripts/build.mjs builds them one after the other.
const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } };

export const apps = [
  {
    ...jsx,
    root: 'inbox',
    base: '/',
    build: { outDir: '../web-dist/inbox', emptyOutDir: true, target: 'es2022', sourcemap: false },
  },
];
