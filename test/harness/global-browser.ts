import type { LaunchOptions } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { chromiumLaunchOptions } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How to start the browser: `launchBrowser(inject('launch'))`. */
    launch: LaunchOptions;
  }
}

/** Finds or unpacks the browser once for the whole run. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('launch', await chromiumLaunchOptions());
}
