import type { Mark } from '../../src/contract/inbound.ts';
import { escapeHtml, marksToHtml, soundMarks } from '../shared/marks.ts';
import type { Tags } from '../shared/marks.ts';
import type { Entity } from './update.ts';

const MARK_OF: Readonly<Record<string, Mark['type']>> = {
  bold: 'bold',
  italic: 'italic',
  underline: 'underline',
  strikethrough: 'strike',
  spoiler: 'spoiler',
  blockquote: 'quote',
  expandable_blockquote: 'quote',
  code: 'code',
  pre: 'pre',
};

/** Where an entity leads, when it is a link: its own address, or what its text says. */
const LINK_OF: Readonly<Record<string, (entity: Entity, text: string) => string | undefined>> = {
  text_link: (entity) => entity.url,
  url: (_, text) => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`),
  email: (_, text) => `mailto:${text}`,
  phone_number: (_, text) => `tel:${text.replace(/[^\d+]/g, '')}`,
};

/**
 * Telegram's entities as marks; both count UTF-16 code units. Mentions, hashtags and the like stay
 * plain text.
 */
export function marksOf(text: string, entities: readonly Entity[] | undefined): Mark[] {
  const marks = (entities ?? []).flatMap((entity): Mark[] => {
    const { type, offset, length } = entity;
    const mark = MARK_OF[type];
    if (mark) return [{ type: mark, offset, length }];
    const url = LINK_OF[type]?.(entity, text.slice(offset, offset + length));
    return url ? [{ type: 'link', offset, length, url }] : [];
  });
  return soundMarks(text, marks);
}

/** https://core.telegram.org/bots/api#html-style */
const TAGS: Tags = {
  bold: () => ['<b>', '</b>'],
  italic: () => ['<i>', '</i>'],
  underline: () => ['<u>', '</u>'],
  strike: () => ['<s>', '</s>'],
  spoiler: () => ['<tg-spoiler>', '</tg-spoiler>'],
  code: () => ['<code>', '</code>'],
  pre: () => ['<pre>', '</pre>'],
  quote: () => ['<blockquote>', '</blockquote>'],
  link: (mark) => [`<a href="${escapeHtml(mark.url ?? '')}">`, '</a>'],
};

/**
 * The fields of a formatted text or caption: without marks it goes as it is, and nothing in it is
 * read as HTML.
 */
export function formatted<K extends 'text' | 'caption'>(
  field: K,
  text: string,
  marks: readonly Mark[] | undefined,
): Record<string, string> {
  if (!marks || marks.length === 0) return { [field]: text };
  return { [field]: marksToHtml(text, marks, TAGS), parse_mode: 'HTML' };
}
