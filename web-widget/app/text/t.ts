import type { Texts } from './en.ts';

/** Each language is a file of its own: a visitor loads one. */
const languages: Record<string, () => Promise<Texts>> = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
  ru: async () => (await import('./ru.ts')).ru,
};
const RTL = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'sd', 'ug', 'yi']);

/** The language in use; dates follow the browser's own locale when it is of that language. */
export interface Language {
  code: string;
  locale: string;
  rtl: boolean;
}

/** Chooses: the line's setting, else the first of the browser's languages that there is, else English. */
export function chooseLanguage(setting: string, browser: readonly string[]): Language {
  const wanted = setting === 'auto' ? browser : [setting];
  const locale = wanted.find((tag) => languages[tag.slice(0, 2).toLowerCase()]) ?? 'en';
  const code = locale.slice(0, 2).toLowerCase();
  const own = browser.find((tag) => tag.slice(0, 2).toLowerCase() === code);
  // A page in Arabic reads from the right, though the widget's few words are English.
  const first = (setting === 'auto' ? browser[0] : setting) ?? 'en';
  return { code, locale: safeLocale(own ?? code), rtl: RTL.has(first.slice(0, 2).toLowerCase()) };
}

/** Some browsers report names that `Intl` refuses (`en-US@posix`). */
function safeLocale(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Words in one language: `t('typing', {name: 'Ann'})`, `t('unread', {n: 3})`. */
export type T = (key: keyof Texts, values?: Record<string, string | number>) => string;

export async function loadWords({ code, locale }: Pick<Language, 'code' | 'locale'>): Promise<T> {
  const texts = await (languages[code] ?? languages.en)?.();
  const plurals = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const entry = texts?.[key] ?? key;
    const text =
      typeof entry === 'string'
        ? entry
        : (entry[plurals.select(Number(values.n))] ?? entry.other ?? '');
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
