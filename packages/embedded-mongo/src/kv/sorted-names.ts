/** A full chunk is cut in two. Moving this many references for an insertion costs next to nothing. */
const CHUNK = 512;

/** Strings in ascending order; adding one does not move all the others. */
export class SortedNames {
  private readonly chunks: string[][] = [[]];

  /** Adds a name that is not there yet. */
  add(name: string): void {
    const at = this.chunkOf(name);
    const chunk = this.chunks[at] as string[];
    chunk.splice(position(chunk, name), 0, name);
    if (chunk.length > CHUNK) this.chunks.splice(at + 1, 0, chunk.splice(CHUNK / 2));
  }

  /** The names from `lo` up to, and without, `hi`. */
  between(lo: string, hi: string): string[] {
    const found: string[] = [];
    for (let at = this.chunkOf(lo); at < this.chunks.length; at++) {
      const chunk = this.chunks[at] as string[];
      const to = position(chunk, hi);
      for (let i = position(chunk, lo); i < to; i++) found.push(chunk[i] as string);
      if (to < chunk.length) break;
    }
    return found;
  }

  /** The last chunk that begins at or before `name`, the first when none does. */
  private chunkOf(name: string): number {
    let lo = 0;
    let hi = this.chunks.length;
    while (hi - lo > 1) {
      const mid = (lo + hi) >>> 1;
      if (((this.chunks[mid] as string[])[0] as string) <= name) lo = mid;
      else hi = mid;
    }
    return lo;
  }
}

/** Where the first name lies that is not less than `name`. */
function position(names: readonly string[], name: string): number {
  let lo = 0;
  let hi = names.length;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if ((names[mid] as string) < name) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
