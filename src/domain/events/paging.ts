/** One page of a list; `nextCursor` is opaque text, null at the end. */
export interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
}

/** Asks for one page: at most `limit` items (1 to 200) after `cursor`. A cursor that is none is refused. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
  /** The list's order the other way round; a cursor belongs to one way. */
  reversed?: boolean;
}
