import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'channels/**/*.test.ts',
            'flows/**/*.test.ts',
            'inbox/**/*.test.ts',
            'web-widget/**/*.test.ts',
            'test/{contract,architecture,documents}/**/*.test.ts',
          ],
          globalSetup: ['test/harness/global-database.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['packages/*/{src,test}/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/{e2e,crash}/**/*.test.ts'],
          globalSetup: ['test/harness/global-database.ts', 'test/harness/global-browser.ts'],
          fileParallelism: false,
          // A browser on two busy cores may miss a moment; both attempts are reported.
          retry: 1,
          testTimeout: 180_000,
        },
      },
    ],
  },
});
