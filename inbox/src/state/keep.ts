/** Small things kept in this browser. A full or forbidden store loses convenience, never data: it is told by the result. */
export function keep(key: string, value: unknown): boolean {
  try {
    if (value === null || value === undefined) localStorage.removeItem(`openline.${key}`);
    else localStorage.setItem(`openline.${key}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** What was kept, when it still passes `check`; else null. */
export function kept<T>(key: string, check: (value: unknown) => value is T): T | null {
  try {
    const raw = localStorage.getItem(`openline.${key}`);
    if (raw === null) return null;
    const value: unknown = JSON.parse(raw);
    return check(value) ? value : null;
  } catch {
    return null;
  }
}

/** All keys kept under a prefix, without it. */
export function keptKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`openline.${prefix}`))
      .map((key) => key.slice(`openline.${prefix}`.length));
  } catch {
    return [];
  }
}
