import type { MediaKind } from '../../src/contract/capabilities.ts';
import type { OutboundButton, OutboundContent, OutboundFile } from '../../src/contract/outbound.ts';
import { compact } from '../shared/compact.ts';
import { formatted } from './entities.ts';

/** A file inside a payload, uploaded when the call is made. */
export interface Upload {
  upload: OutboundFile;
}

/** One call of the Bot API, but for its target. */
export interface Call {
  method: string;
  payload: Record<string, unknown>;
}

type Item = Extract<OutboundContent, { kind: 'album' }>['items'][number];

/**
 * https://core.telegram.org/bots/api#sendphoto: sides of at most 10,000 together, at most 20 to 1.
 */
function isPhoto({ width, height }: OutboundFile): boolean {
  if (!width || !height) return true;
  return width + height <= 10_000 && Math.max(width / height, height / width) <= 20;
}

/** What Telegram calls a kind of media: also the name of the field that holds the file. */
const FIELD: Readonly<Record<MediaKind, string>> = {
  image: 'photo',
  video: 'video',
  audio: 'audio',
  voice: 'voice',
  file: 'document',
};

const METHOD: Readonly<Record<string, string>> = {
  photo: 'sendPhoto',
  video: 'sendVideo',
  audio: 'sendAudio',
  voice: 'sendVoice',
  document: 'sendDocument',
};

const fieldOf = (kind: MediaKind, file: OutboundFile): string =>
  kind === 'image' && !isPhoto(file) ? 'document' : FIELD[kind];

const measures = (field: string, file: OutboundFile): Record<string, unknown> =>
  compact({
    duration:
      field === 'document' || file.durationMs === undefined
        ? undefined
        : Math.round(file.durationMs / 1000),
    width: field === 'video' ? file.width : undefined,
    height: field === 'video' ? file.height : undefined,
    supports_streaming: field === 'video' ? true : undefined,
  });

function mediaCall(content: Extract<OutboundContent, { file: OutboundFile }>): Call {
  const { kind, file, caption, marks } = content;
  const field = fieldOf(kind, file);
  return {
    method: METHOD[field] ?? 'sendDocument',
    payload: {
      [field]: { upload: file } satisfies Upload,
      ...measures(field, file),
      ...(caption ? formatted('caption', caption, marks) : {}),
    },
  };
}

/**
 * Photos and videos mix; audio and documents only with their own kind; a voice message stands
 * alone.
 */
function familyOf(field: string): string {
  return field === 'photo' || field === 'video' ? 'visual' : field;
}

const ALBUM_MAX = 10;

/** https://core.telegram.org/bots/api#sendmediagroup: runs of what may stand together, in order. */
function albumCalls(items: readonly Item[]): Call[] {
  const runs: { family: string; items: Item[] }[] = [];
  for (const item of items) {
    const family = familyOf(fieldOf(item.kind, item.file));
    const last = runs.at(-1);
    if (last && last.family === family && family !== 'voice' && last.items.length < ALBUM_MAX)
      last.items.push(item);
    else runs.push({ family, items: [item] });
  }
  return runs.map(({ items: run }): Call => {
    const [only] = run;
    if (run.length === 1 && only) return mediaCall(only);
    const media = run.map(({ kind, file, caption }) => {
      const type = fieldOf(kind, file);
      return {
        type,
        media: { upload: file } satisfies Upload,
        ...measures(type, file),
        ...(caption ? { caption } : {}),
      };
    });
    return { method: 'sendMediaGroup', payload: { media } };
  });
}

/** One button a row: labels are never cut off. */
function keyboard(buttons: readonly OutboundButton[]): Record<string, unknown> {
  const rows = buttons.map((button) => [
    'url' in button
      ? { text: button.label, url: button.url }
      : { text: button.label, callback_data: button.token },
  ]);
  return { reply_markup: { inline_keyboard: rows } };
}

/** The calls that send a content, mostly one; an album of kinds that do not mix needs several. */
export function renderCalls(content: OutboundContent): Call[] {
  switch (content.kind) {
    case 'text':
      return [{ method: 'sendMessage', payload: formatted('text', content.text, content.marks) }];
    case 'card':
      return [
        { method: 'sendMessage', payload: { text: content.text, ...keyboard(content.buttons) } },
      ];
    case 'location': {
      const { latitude, longitude, title } = content;
      if (!title) return [{ method: 'sendLocation', payload: { latitude, longitude } }];
      const address = `${latitude}, ${longitude}`;
      return [{ method: 'sendVenue', payload: { latitude, longitude, title, address } }];
    }
    case 'album':
      return albumCalls(content.items);
    default:
      return [mediaCall(content)];
  }
}

/** The same photo as a document: for pictures that Telegram does not take as photos. */
export function asDocument(call: Call): Call | null {
  const { photo, ...rest } = call.payload;
  return photo ? { method: 'sendDocument', payload: { document: photo, ...rest } } : null;
}

/** The call that changes a sent message; null when Telegram can not change one into that. */
export function renderEdit(content: OutboundContent): Call | null {
  switch (content.kind) {
    case 'text':
      return { method: 'editMessageText', payload: formatted('text', content.text, content.marks) };
    case 'card':
      return {
        method: 'editMessageText',
        payload: { text: content.text, ...keyboard(content.buttons) },
      };
    case 'location':
    case 'album':
      return null;
    default:
      return {
        method: 'editMessageCaption',
        payload: formatted('caption', content.caption ?? '', content.marks),
      };
  }
}
