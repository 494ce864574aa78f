import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a running database; each test file takes a database name of its own. */
    mongo: string;
  }
}

/** One embedded database for the whole run; `OPENLINE_TEST_MONGODB_URI` names another. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.OPENLINE_TEST_MONGODB_URI;
  if (given) {
    project.provide('mongo', given);
    return async () => {};
  }
  const { startEmbeddedMongo } = await import('embedded-mongo');
  const dir = mkdtempSync(path.join(tmpdir(), 'openline-test-'));
  const database = await startEmbeddedMongo({ dir });
  project.provide('mongo', database.uri);
  return async () => {
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
