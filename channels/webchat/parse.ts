import type { Visitor, VisitorFrame } from '../../src/contract/channel.ts';
import type {
  ChatRef,
  InboundEvent,
  InboundFile,
  Origin,
  Part,
  Person,
} from '../../src/contract/inbound.ts';

type FileOfFrame = NonNullable<Extract<VisitorFrame, { type: 'message' }>['files']>[number];

const KINDS: readonly [prefix: string, kind: 'image' | 'video' | 'audio'][] = [
  ['image/', 'image'],
  ['video/', 'video'],
  ['audio/', 'audio'],
];

/** Somebody who gave no name is told apart by the end of their id. */
const nameOf = ({ id, name }: Visitor): string =>
  name ??
  `Visitor ${id
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(-4)
    .toUpperCase()}`;

const personOf = (visitor: Visitor): Person => ({
  id: visitor.id,
  proof: visitor.proof,
  name: nameOf(visitor),
  ...(visitor.email ? { email: visitor.email } : {}),
  ...(visitor.phone ? { phone: visitor.phone } : {}),
  ...(visitor.language ? { language: visitor.language } : {}),
});

const partOf = (file: FileOfFrame): Part => {
  const held: InboundFile = {
    ref: file.id,
    stored: file.id,
    name: file.name,
    mime: file.mime,
    size: file.size,
  };
  // SVG is a document that can carry scripts: never shown as a picture.
  const kind = file.mime.startsWith('image/svg')
    ? undefined
    : KINDS.find(([prefix]) => file.mime.startsWith(prefix))?.[1];
  return { kind: kind ?? 'file', file: held };
};

const originOf = (
  page: { url?: string; title?: string; referrer?: string } | undefined,
): Origin | null => {
  if (!page?.url && !page?.title && !page?.referrer) return null;
  return {
    ...(page.url ? { url: page.url } : {}),
    ...(page.title ? { title: page.title } : {}),
    ...(page.referrer ? { referrer: page.referrer } : {}),
  };
};

/**
 * What a visitor's frame means. Event ids are made of the visitor and what they did, so the same frame again (a retry,
 * a second tab) is the same event. Typing has no lasting meaning, and so its id is its time.
 */
export function parseFrame(frame: VisitorFrame, visitor: Visitor, now: Date): InboundEvent[] {
  const chat: ChatRef = { id: visitor.id, kind: 'private' };
  const from = personOf(visitor);
  const base = (what: string) => ({ id: `${visitor.id}:${what}`, at: now, chat });

  switch (frame.type) {
    case 'message': {
      const parts: Part[] = [];
      if (frame.text) parts.push({ kind: 'text', text: frame.text });
      for (const file of frame.files ?? []) parts.push(partOf(file));
      if (parts.length === 0) return [];
      const origin = originOf(frame.page);
      return [
        {
          ...base(`message:${frame.clientId}`),
          type: 'message',
          messageId: frame.clientId,
          from,
          parts,
          ...(origin ? { origin } : {}),
        },
      ];
    }
    case 'typing':
      return [
        {
          ...base(`typing:${now.getTime()}`),
          type: 'presence',
          from,
          state: frame.on ? 'typing' : 'idle',
        },
      ];
    case 'delivered':
    case 'read':
      return [
        {
          ...base(`${frame.type}:${frame.messageId}`),
          type: 'receipt',
          messageId: frame.messageId,
          status: frame.type,
          upTo: true,
        },
      ];
    case 'button':
      return [
        {
          ...base(`button:${frame.clientId}`),
          type: 'button',
          from,
          token: frame.token,
          clientId: frame.clientId,
          ...(frame.messageId ? { messageId: frame.messageId } : {}),
        },
      ];
    case 'reaction':
      return [
        {
          ...base(`reaction:${frame.clientId}`),
          type: 'reaction',
          messageId: frame.messageId,
          from,
          emoji: frame.emoji,
        },
      ];
  }
}
