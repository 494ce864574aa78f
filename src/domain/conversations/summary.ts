import type { LastMessage } from './conversation.ts';
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

/** What lists show of a message. */
export function lastMessageOf(message: Message): LastMessage {
  const { at, direction, author } = message;
  return { text: summaryOf(message), at, direction, author };
}

/** One line that stands for a message: its text, else what it carries. */
function summaryOf(message: Pick<Message, 'text' | 'parts'>): string {
  const text = message.text.replace(/\s+/g, ' ').trim().slice(0, 160);
  if (text !== '') return text;
  const first = message.parts[0];
  return first ? PART_WORDS[first.kind] : '';
}
