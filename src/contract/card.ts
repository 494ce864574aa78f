/** A piece of a card. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'fields'; fields: { label: string; value: string }[] }
  | { kind: 'list'; items: { title: string; detail?: string; command?: string }[] }
  | { kind: 'divider' };

/** Pressing runs `command` as the person who presses, or opens `url`. */
export type CardButton =
  | { label: string; command: string; style?: 'primary' | 'danger' }
  | { label: string; url: string; style?: 'primary' | 'danger' };

/** An answer to a command, as data: each surface draws it its own way; `cardText` is the fall-back. */
export interface Card {
  title: string;
  tone?: 'plain' | 'good' | 'warn' | 'bad';
  blocks: Block[];
  buttons?: CardButton[];
}

/** The card as plain text, for surfaces without boxes, logs of actions and screen readers. */
export function cardText(card: Card): string {
  const lines = [card.title];
  for (const block of card.blocks) {
    if (block.kind === 'text') lines.push(block.text);
    if (block.kind === 'divider') lines.push('');
    if (block.kind === 'fields')
      for (const { label, value } of block.fields) lines.push(`${label}: ${value}`);
    if (block.kind === 'list')
      for (const { title, detail } of block.items)
        lines.push(detail ? `• ${title} - ${detail}` : `• ${title}`);
  }
  for (const button of card.buttons ?? [])
    lines.push(
      'url' in button ? `${button.label}: ${button.url}` : `${button.label}: ${button.command}`,
    );
  return lines.join('\n');
}
