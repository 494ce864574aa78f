import type { Message } from './message.ts';
import type { MediaPart } from './parts.ts';

const PART_WORDS: Record<MediaPart['kind'], string> = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice message',
  file: 'File',
  location: 'Location',
  contact: 'Contact card',
  unsupported: 'Something this version can not show',
};

/** One line that stands for a message in lists: its text, else what it carries. */
export function summaryOf(message: Pick<Message, 'text' | 'parts'>): string {
  const text = message.text.replace(/\s+/g, ' ').trim().slice(0, 160);
  if (text !== '') return text;
  const first = message.parts[0];
  return first ? PART_WORDS[first.kind] : '';
}
