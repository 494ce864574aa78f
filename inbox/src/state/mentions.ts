import type { Mark } from '../../../src/contract/inbound.ts';
import { mentionWords } from '../../../src/contract/rules/mentions.ts';
import type { PartView, UserView } from '../../../src/contract/wire.ts';

const MOST = 8;

/** The `@name` that is being written at the end of a text, without the @; null: none. */
export function mentionBegun(typed: string): string | null {
  return /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}._-]*)$/u.exec(typed)?.[1]?.toLowerCase() ?? null;
}

/** Who may be meant, by the beginning of handle or of a part of the name. */
export function mentionable(
  begun: string,
  users: readonly UserView[],
  except: string | undefined,
): UserView[] {
  return users
    .filter(({ id, active, name, handle }) => {
      if (!active || id === except) return false;
      const beginnings = [handle, ...name.toLowerCase().split(/\s+/)];
      return beginnings.some((each) => each.startsWith(begun));
    })
    .slice(0, MOST);
}

/** The text with the begun name finished. */
export function withMention(typed: string, handle: string): string {
  return typed.replace(/@[\p{L}\p{N}._-]*$/u, () => `@${handle} `);
}

/** The parts of a note with the colleagues it calls set in bold. */
export function markMentions(parts: readonly PartView[], handles: readonly string[]): PartView[] {
  if (handles.length === 0) return [...parts];
  return parts.map((part) => {
    if (part.kind !== 'text') return part;
    const marks: Mark[] = mentionWords(part.text)
      .filter(({ handle }) => handles.includes(handle))
      .map(({ offset, length }) => ({ type: 'bold', offset, length }));
    return { ...part, marks: [...(part.marks ?? []), ...marks] };
  });
}
