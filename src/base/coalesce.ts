/**
 * Gathers single calls made close together into one call over many: what makes a hundred concurrent one-row writes
 * cost one round trip. While a batch is under way the next one gathers, so an idle system adds no delay.
 *
 * `work` gets 1..max items and answers one result per item, in order; a result may be an Error for that item alone.
 * If `work` throws, every item of the batch fails with it.
 */
export function coalesce<I, O>(
  work: (items: I[]) => Promise<(O | Error)[]>,
  options: { max: number } = { max: 200 },
): (item: I) => Promise<O> {
  type Waiting = { item: I; resolve: (value: O) => void; reject: (error: unknown) => void };
  const queue: Waiting[] = [];
  let running = 0;

  const flush = async (): Promise<void> => {
    const batch = queue.splice(0, options.max);
    if (batch.length === 0) return;
    running++;
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
      if (queue.length > 0) void flush();
    }
  };

  return (item) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (running === 0 && queue.length === 1) setImmediate(() => void flush());
    });
}
