/** A word of a note that may name a colleague. */
export interface MentionWord {
  /** Lower case, without the @. */
  handle: string;
  /** Where the @ stands, UTF-16 units. */
  offset: number;
  /** With the @. */
  length: number;
}

/** Words that may name a colleague, in order: `@ann`, but not what stands in an address (`a@b.example`). */
export function mentionWords(text: string): MentionWord[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}_@.])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu)].map(
    ({ index, 1: word = '' }) => {
      // A full stop after a name ends the sentence.
      const name = word.replace(/[._-]+$/, '');
      return { handle: name.toLowerCase(), offset: index, length: name.length + 1 };
    },
  );
}
