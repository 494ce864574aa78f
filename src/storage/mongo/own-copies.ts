/**
 * For one read that serves several callers: each gets an object of its own, since what one does to it another must not
 * see. The first gets the object that was read; copies cost more than the reading.
 */
export function ownCopies<T extends object>(): (value: T | null | undefined) => T | null {
  const given = new Set<T>();
  return (value) => {
    if (!value) return null;
    if (given.has(value)) return structuredClone(value);
    given.add(value);
    return value;
  };
}
