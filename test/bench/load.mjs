// A load with a fixed number of requests in flight, and what it took.
import { Pool } from 'undici';

/** The value below which `share` of the sorted `values` lie. */
export const percentile = (values, share) =>
  values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? null;

/** p50, p95, p99 of latencies in ms, rounded to tenths. */
export const summary = (latencies) => {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share) => Math.round((percentile(sorted, share) ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
};

/**
 * Posts `count` bodies made by `body(n)` with `inFlight` under way at once. Answers latencies in ms and requests per
 * second; throws on any status that is not 2xx.
 */
export async function post({ url, path, headers = {}, count, inFlight, body, onStart = () => {} }) {
  const pool = new Pool(url, { connections: inFlight });
  const latencies = [];
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < count) {
      const n = next++;
      const payload = body(n);
      const begun = performance.now();
      onStart(n, begun);
      const target = typeof path === 'function' ? path(n) : path;
      const answer = await pool.request({
        path: target,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: payload,
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${target}: ${answer.statusCode} ${text}`);
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  return { perSecond: Math.round(count / seconds), seconds, latencies };
}
