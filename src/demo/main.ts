import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../app/config.ts';
import { messageOf } from '../base/errors.ts';
import { ADMIN } from './company.ts';
import { startDemo } from './start-demo.ts';

/** Everything the demo writes; gone when it ends. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'openline-demo-'));
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));

try {
  const config = readConfig(process.env);
  console.log('Telling the last days of a company that does not exist ...');
  const demo = await startDemo(
    {
      ...config,
      dataDir,
      mongoUri: null,
      // What the demo says should not be buried in a log of what it does.
      logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel,
    },
    {
      onFatal: (error) => {
        console.error(`The demo stops: ${messageOf(error)}`);
        process.exit(1);
      },
    },
  );
  console.log(`listening on ${demo.openline.url}

Open      ${demo.openline.desk.publicUrl}
Sign in   ${ADMIN.email}
Password  ${ADMIN.password}
          (sara, ben, chloe, dario and emma @northlight.example have the same one)

What to look at
  - Customers write every few seconds and answer what you send. Go online at the top left,
    and new talks come to you; or take one that waits on the line "Billing".
  - Talks of the last days: pictures, notes, reactions, corrections, deals beside them.
  - Undelivered: one answer that the customer's block refused, one that nobody is sure of.
  - The widget, on the page of a pretend shop: ${demo.shopUrl}

Everything is in a folder that is removed when you stop the demo with Ctrl+C.`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 10_000).unref();
    await demo.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
} catch (error) {
  console.error(`The demo can not start:\n  ${messageOf(error)}`);
  process.exitCode = 1;
}
