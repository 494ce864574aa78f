import type { CommandAnswer } from '../../src/contract/wire.ts';

/** The labelled values of an answer's card. */
export function fieldsOf({ card }: CommandAnswer): Record<string, string> {
  const fields = card.blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : []));
  return Object.fromEntries(fields.map(({ label, value }) => [label, value]));
}

/** The items of an answer's lists. */
export function itemsOf({
  card,
}: CommandAnswer): { title: string; detail?: string; command?: string }[] {
  return card.blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
}
