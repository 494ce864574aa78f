import { messageOf } from './base/errors.ts';
import { ConfigError, readConfig } from './app/config.ts';
import { giveBackAfterStart } from './app/give-back.ts';
import { startOpenline } from './app/start.ts';

/** How long what is in flight may take after SIGTERM. */
const STOP_LIMIT_MS = 10_000;

const fail = (error: unknown): never => {
  const lines = messageOf(error).split('\n');
  console.error(`Openline can not start:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  process.exit(error instanceof ConfigError ? 2 : 1);
};

try {
  const config = readConfig(process.env);
  const openline = await startOpenline(config, {
    onFatal: (error) => {
      console.error(`Openline stops: ${messageOf(error)}`);
      process.exit(1);
    },
  });
  giveBackAfterStart();
  console.log(`listening on ${openline.url}`);
  if (openline.setupCode) {
    console.log(
      `Open ${config.publicUrl ?? openline.url} to make the first administrator. Setup code: ${openline.setupCode}`,
    );
  }

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    await openline.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
} catch (error) {
  fail(error);
}
