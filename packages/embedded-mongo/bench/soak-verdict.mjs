// Judges a soak by its second half, when everything is warm.

/** What may be added in an hour: megabytes of the process's own memory and of used file. */
const MAX_GROWTH_MB = 12;
/** How much slower the last quarter may be than the third, where a ping is no slower. */
const MAX_SLOWDOWN = 1.5;

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const round = (n) => Math.round(n * 100) / 100;

/** The straight line through a measure of the samples, as growth in an hour. */
function perHour(samples, of) {
  const middle = mean(samples.map((s) => s.second));
  const level = mean(samples.map(of));
  let above = 0;
  let below = 0;
  for (const s of samples) {
    above += (s.second - middle) * (of(s) - level);
    below += (s.second - middle) ** 2;
  }
  return round((above / below) * 3600);
}

/** Figures, and whether they are steady. */
export function judge({ samples, errors, wrong, restarts }) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const quarter = Math.floor(half.length / 2);
  const range = (of) => {
    const all = half.map(of);
    return { least: Math.min(...all), most: Math.max(...all), growthPerHour: perHour(half, of) };
  };
  const typical = (list, name, of) =>
    round(median(list.flatMap((s) => (s.latencies[name] ? [of(s.latencies[name])] : []))));
  const latencies = {};
  let slowest = 0;
  const slower = (name) =>
    typical(half.slice(quarter), name, (l) => l.p50) /
    typical(half.slice(0, quarter), name, (l) => l.p50);
  for (const name of Object.keys(half.at(-1)?.latencies ?? {})) {
    latencies[name] = {
      p50: typical(half, name, (l) => l.p50),
      p99: typical(half, name, (l) => l.p99),
      max: Math.max(...half.map((s) => s.latencies[name]?.max ?? 0)),
    };
    // The machine's other work slows the ping as well.
    slowest = Math.max(slowest, round(slower(name) / slower('ping')));
  }
  const own = range((s) => s.ownMb);
  const used = range((s) => s.usedMb);
  const steady =
    !errors.length &&
    !wrong.length &&
    !restarts &&
    own.growthPerHour <= MAX_GROWTH_MB &&
    used.growthPerHour <= MAX_GROWTH_MB &&
    slowest <= MAX_SLOWDOWN;
  return {
    steady,
    errors: errors.length,
    firstErrors: errors.slice(0, 5),
    wrong,
    restarts,
    ownMb: own,
    residentMb: range((s) => s.residentMb),
    usedMb: used,
    fileMb: range((s) => s.fileMb),
    slowest,
    latenciesMs: latencies,
  };
}
