/** Waits until `probe` answers something else than null or false; fails with `what` after `ms`. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | null | false> | T | null | false,
  ms = 10_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await probe();
    if (found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${ms} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
