import { MongoError } from '../errors.ts';
import { isNum, isPlain, toNumber, type Doc, type Value } from '../values/index.ts';

/**
 * How strings compare under a collation: `cmp` orders them, `key` gives equal strings one text.
 * `cmp(a, b) === 0` exactly when `key(a) === key(b)`.
 */
export interface Collator {
  cmp(a: string, b: string): number;
  key(s: string): string;
  readonly spec: Doc;
}

const STRENGTH_MIN = 1;
const STRENGTH_MAX = 3;
const KNOWN_OPTIONS = new Set([
  'locale',
  'strength',
  'caseLevel',
  'caseFirst',
  'numericOrdering',
  'alternate',
  'maxVariable',
  'normalization',
  'backwards',
  'version',
]);

const collators = new Map<string, Collator>();

/**
 * The collator of a collation document; undefined for none and for the locale `simple`.
 * @throws MongoError 9 or 2 for what the embedded database does not know or offer
 * @see https://www.mongodb.com/docs/manual/reference/collation/
 */
export function collatorOf(spec: Value): Collator | undefined {
  if (spec === undefined || spec === null) return undefined;
  if (!isPlain(spec)) throw new MongoError(14, 'The collation must be an object');
  if (Object.keys(spec).length === 0) return undefined;
  if (typeof spec['locale'] !== 'string') {
    throw new MongoError(40414, "BSON field 'Collation.locale' is missing but a required field");
  }
  if (spec['locale'] === 'simple') return undefined;
  const id = JSON.stringify(spec);
  let collator = collators.get(id);
  if (!collator) {
    collator = build(spec, spec['locale']);
    collators.set(id, collator);
  }
  return collator;
}

function strengthOf(spec: Doc): number {
  const given = spec['strength'];
  if (given === undefined) return STRENGTH_MAX;
  const n = isNum(given) ? toNumber(given) : Number.NaN;
  if (!Number.isInteger(n) || n < 1 || n > 5) {
    throw new MongoError(
      51024,
      `BSON field 'strength' value must be between 1 and 5, actual: ${n}`,
    );
  }
  return Math.min(Math.max(n, STRENGTH_MIN), STRENGTH_MAX);
}

const SENSITIVITY = [
  ['base', 'case'],
  ['accent', 'variant'],
  ['variant', 'variant'],
] as const;

function build(spec: Doc, locale: string): Collator {
  for (const name of Object.keys(spec)) {
    if (!KNOWN_OPTIONS.has(name)) {
      throw new MongoError(40415, `BSON field 'Collation.${name}' is an unknown field.`);
    }
  }
  const strength = strengthOf(spec);
  const caseLevel = spec['caseLevel'] === true;
  const caseFirst = spec['caseFirst'];
  const numeric = spec['numericOrdering'] === true;
  const intl = intlCollator(locale, {
    sensitivity: SENSITIVITY[strength - 1]?.[caseLevel ? 1 : 0] ?? 'variant',
    numeric,
    caseFirst: caseFirst === 'upper' || caseFirst === 'lower' ? caseFirst : 'false',
    ignorePunctuation: spec['alternate'] === 'shifted',
  });
  const key = foldBy(intl, numeric);
  return {
    spec,
    key,
    cmp: (a, b) => {
      if (a === b) return 0;
      const x = key(a);
      const y = key(b);
      if (x === y) return 0;
      return intl.compare(a, b) || (x < y ? -1 : 1);
    },
  };
}

function intlCollator(locale: string, options: Intl.CollatorOptions): Intl.Collator {
  const tag = locale.replace(/@.*$/, '').replaceAll('_', '-');
  try {
    const intl = new Intl.Collator(tag, options);
    if (Intl.Collator.supportedLocalesOf([tag]).length > 0) return intl;
  } catch {
    // An ill-formed tag is refused below like an unknown one.
  }
  throw new MongoError(2, `Field 'locale' is invalid in: { locale: "${locale}" }`);
}

/** Letters that a collation may take for others although Unicode does not decompose them. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'ss',
  æ: 'ae',
  Æ: 'ae',
  œ: 'oe',
  Œ: 'oe',
  ø: 'o',
  Ø: 'o',
  đ: 'd',
  Đ: 'd',
  ł: 'l',
  Ł: 'l',
};

/**
 * One text for all strings the collator takes for equal, letter by letter: the plainest spelling
 * of a letter that the collator does not tell from it.
 */
function foldBy(intl: Intl.Collator, numeric: boolean): (s: string) => string {
  const folded = new Map<string, string>();
  const foldLetter = (letter: string): string => {
    const known = folded.get(letter);
    if (known !== undefined) return known;
    const plain = SPELLED_OUT[letter] ?? letter.normalize('NFKD').replace(/\p{M}/gu, '');
    const candidates = [
      '',
      plain.toLowerCase(),
      plain,
      letter.toLowerCase(),
      letter.normalize('NFKC'),
    ];
    const chosen = candidates.find((c) => intl.compare(c, letter) === 0) ?? letter;
    if (folded.size < 20_000) folded.set(letter, chosen);
    return chosen;
  };
  return (s) => {
    let out = '';
    // A letter with its marks is one unit: NFC joins most, the pattern keeps the rest together.
    for (const [letter] of s.normalize('NFC').matchAll(/\P{M}\p{M}*|\p{M}+/gsu))
      out += foldLetter(letter);
    return numeric ? out.replace(/\d+/g, (n) => n.replace(/^0+(?=\d)/, '')) : out;
  };
}
