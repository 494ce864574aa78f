import { UsageError } from './cli/arguments.ts';
import { EXIT } from './cli/report.ts';
import { serve } from './cli/serve.ts';

type Run = (args: readonly string[]) => Promise<void>;

// Loaded when asked for: a server does not need them.
const SUBCOMMANDS: Readonly<Record<string, () => Promise<Run>>> = {
  export: async () => (await import('./cli/export.ts')).exportFolder,
  import: async () => (await import('./cli/import.ts')).importFolder,
  compact: async () => (await import('./cli/compact.ts')).compactFolder,
  check: async () => (await import('./cli/check.ts')).checkFolder,
};

const USAGE = `embedded-mongo --dir DIR [--socket PATH] [--memory-mb N]   serve a database folder
embedded-mongo export --dir DIR --to FOLDER                write all data in mongodump's layout
embedded-mongo import --dir DIR --from FOLDER              read data in mongodump's layout
embedded-mongo compact --dir DIR                           give free space back to the disk
embedded-mongo check --dir DIR                             read everything and compare
`;

async function main(args: readonly string[]): Promise<void> {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help') {
    process.stdout.write(USAGE);
    return;
  }
  const load = SUBCOMMANDS[first];
  await (load ? (await load())(rest) : serve(args));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`embedded-mongo: ${message}\n`);
  if (error instanceof UsageError) process.stderr.write(USAGE);
  process.exit(error instanceof UsageError ? EXIT.usage : EXIT.failed);
});
