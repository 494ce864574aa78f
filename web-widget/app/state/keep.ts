/** Storage of this frame. Browsers may forbid it in a foreign page; then nothing is kept, and nothing breaks. */
function keepIn(storage: () => Storage) {
  return {
    read<V>(name: string): V | null {
      try {
        const text = storage().getItem(name);
        return text === null ? null : (JSON.parse(text) as V);
      } catch {
        return null;
      }
    },
    /** Null takes it away. */
    write(name: string, value: unknown): void {
      try {
        if (value === null) storage().removeItem(name);
        else storage().setItem(name, JSON.stringify(value));
      } catch {
        // Forbidden or full: the visitor goes on without.
      }
    },
  };
}

/** Until the tab is closed. */
export const forTab = keepIn(() => sessionStorage);
/** For good. */
export const forGood = keepIn(() => localStorage);
