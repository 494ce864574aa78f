import type { OutboundContent, OutboundFile } from '../../src/contract/outbound.ts';

const showFile = (file: OutboundFile) => ({
  name: file.name,
  mime: file.mime,
  size: file.size,
  url: file.url(),
});

/** A message's content in the sandbox's own words: the contract's, with files as addresses. */
export function renderContent(content: OutboundContent): Record<string, unknown> {
  switch (content.kind) {
    case 'text':
    case 'card':
    case 'location':
      return { ...content };
    case 'album':
      return {
        ...content,
        items: content.items.map((item) => ({ ...item, file: showFile(item.file) })),
      };
    default:
      return { ...content, file: showFile(content.file) };
  }
}
