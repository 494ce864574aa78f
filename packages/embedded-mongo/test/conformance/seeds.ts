import { describe } from 'vitest';

/** Two seeds stay the same from run to run; the third is new and printed, to run again with SEED=…. */
const FIXED = [1, 20_240_506];

/** Runs a suite once for each seed. */
export function describeSeeds(name: string, suite: (seed: number) => void): void {
  const fresh =
    process.env['SEED'] === undefined ? Date.now() % 2 ** 31 : Number(process.env['SEED']);
  process.stdout.write(`${name}: SEED=${fresh}\n`);
  for (const seed of [...FIXED, fresh]) describe(`${name}, seed ${seed}`, () => suite(seed));
}
