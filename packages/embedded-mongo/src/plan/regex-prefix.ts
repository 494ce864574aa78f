import { type Doc, isRegex, type Value } from '../values/index.ts';

// Letters, digits and signs that stand for themselves, or an escaped sign.
const LITERAL = /^\^((?:[A-Za-z0-9 _:@,;/<>='"!#%&~`-]|\\[-.^$*+?()[\]{}|\\/@:])+)/;

/**
 * The text that every match of a regular expression begins with, if it begins with `^` and plain
 * text; then an index can be used.
 */
export function regexPrefix(value: Value, operators?: Doc): string | undefined {
  const source = typeof value === 'string' ? value : isRegex(value) ? value.pattern : undefined;
  if (source === undefined) return undefined;
  const flags = String(operators?.['$options'] ?? (isRegex(value) ? value.options : ''));
  if (/[imx]/.test(flags) || source.includes('|')) return undefined;
  const match = LITERAL.exec(source);
  if (!match) return undefined;
  let text = match[1] as string;
  const next = source[match[0].length];
  if (next && '?*{'.includes(next)) text = text.replace(/(\\.|.)$/, '');
  return text.replace(/\\(.)/g, '$1') || undefined;
}
