import type { T } from './t.ts';

/** The words and the locale of the widget. Set once, before anything is drawn. */
export const words: { t: T; locale: string } = { t: (key) => key, locale: 'en' };
