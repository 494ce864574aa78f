/** A command line that cannot be understood; its message is for the person who typed it. */
export class UsageError extends Error {}

/** Reads `--name value` and `--name=value`; a name without a value is an error. */
export function readOptions(
  args: readonly string[],
  known: readonly string[],
): Map<string, string> {
  const out = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const match = /^--([a-z-]+)(?:=(.*))?$/.exec(arg);
    const name = match?.[1];
    if (name === undefined || !known.includes(name)) throw new UsageError(`unknown option ${arg}`);
    const value = match?.[2] ?? args[++i];
    if (value === undefined) throw new UsageError(`the option --${name} needs a value`);
    out.set(name, value);
  }
  return out;
}

/** @throws UsageError when it is missing */
export function required(options: Map<string, string>, name: string): string {
  const value = options.get(name);
  if (value) return value;
  throw new UsageError(`the option --${name} is missing`);
}
