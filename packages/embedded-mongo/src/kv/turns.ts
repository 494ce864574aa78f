/** How long one piece of a long operation may keep the thread, in milliseconds. */
const SLICE_MS = 6;
/** The same for writing, where the commit comes on top. */
const WRITE_SLICE_MS = 5;

/**
 * Lets long operations take turns: each waits its turn between two slices, and one event-loop
 * round gives at most one turn, so that however many long operations run, a short one waits for
 * one slice only.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private scheduled = false;

  /** Resolves when this caller may run its next slice. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || !this.waiting.length) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.waiting.shift()?.();
      this.schedule();
    });
  }
}

/** The moment at which a slice that begins now has to end, on the clock of `performance.now()`. */
export const sliceEnd = (): number => performance.now() + SLICE_MS;

/** One slice after another of work that several share: all of them end at the same moment. */
export class Slice {
  /** On the clock of `performance.now()`. */
  end = 0;

  begin(): void {
    this.end = sliceEnd();
  }

  get over(): boolean {
    return performance.now() > this.end;
  }
}

/** The same for a slice that ends with a commit. */
export const writeSliceEnd = (): number => performance.now() + WRITE_SLICE_MS;
