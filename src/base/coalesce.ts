/**
 * Gathers single calls made close together into one call over many: what makes a hundred concurrent one-row writes
 * cost one round trip. While batches are under way the next one gathers, so an idle system adds no delay.
 *
 * `work` gets 1..max items and answers one result per item, in order; a result may be an Error for that item alone.
 * If `work` throws, every item of the batch fails with it. `parallel` batches may be under way at once: 1 (the
 * default) where items of one thing must keep their order.
 */
export function coalesce<I, O>(
  work: (items: I[]) => Promise<(O | Error)[]>,
  { max = 200, parallel = 1 }: { max?: number; parallel?: number } = {},
): (item: I) => Promise<O> {
  type Waiting = { item: I; resolve: (value: O) => void; reject: (error: unknown) => void };
  const queue: Waiting[] = [];
  let running = 0;
  let planned = false;

  const plan = (): void => {
    if (planned || running >= parallel || queue.length === 0) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      void flush();
    });
  };

  const flush = async (): Promise<void> => {
    const batch = queue.splice(0, max);
    running++;
    plan();
    try {
      const results = await work(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, index) => {
        const result = results[index];
        if (result instanceof Error) waiting.reject(result);
        else waiting.resolve(result as O);
      });
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    } finally {
      running--;
      plan();
    }
  };

  return (item) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      plan();
    });
}
