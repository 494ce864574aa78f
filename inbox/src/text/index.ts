import { en } from './en/index.ts';

/** Every text that people read. Another language is another object of this shape. */
export type Texts = typeof en;
export const text: Texts = en;
