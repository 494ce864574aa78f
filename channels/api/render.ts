import type {
  OutboundContent,
  OutboundFile,
  OutboundMessage,
} from '../../src/contract/outbound.ts';
import { compact } from '../shared/compact.ts';

/** A file as an address that works for an hour. */
const showFile = (file: OutboundFile) =>
  compact({
    url: file.url(),
    name: file.name,
    type: file.mime,
    size: file.size,
    width: file.width,
    height: file.height,
    durationMs: file.durationMs,
  });

function showContent(content: OutboundContent): Record<string, unknown> {
  switch (content.kind) {
    case 'text':
      return { text: content.text, ...(content.marks?.length ? { marks: content.marks } : {}) };
    case 'card':
      return { text: content.text, buttons: content.buttons };
    case 'location': {
      const { latitude, longitude, title } = content;
      return { location: compact({ latitude, longitude, title }) };
    }
    case 'album': {
      const captions = content.items.map((item) => item.caption).filter(Boolean);
      return {
        ...(captions.length > 0 ? { text: captions.join('\n') } : {}),
        files: content.items.map((item) => showFile(item.file)),
      };
    }
    default: {
      const { file, caption, marks, kind } = content;
      return {
        ...(caption ? { text: caption } : {}),
        ...(caption && marks?.length ? { marks } : {}),
        files: [{ ...showFile(file), ...(kind === 'voice' ? { voice: true } : {}) }],
      };
    }
  }
}

/** What the outside system gets: the mirror image of what it sends us. */
export function renderMessage(message: OutboundMessage): Record<string, unknown> {
  const { key, chat, content, replyTo } = message;
  return {
    type: 'message',
    id: key,
    chat,
    message: { ...showContent(content), ...compact({ replyTo }) },
  };
}
