import { MongoError } from '../errors.ts';
import { roughSize, type Value } from '../values/index.ts';

/**
 * What a stage may hold in memory, in bytes, when nothing else is said; as much as MongoDB gives.
 * @see https://www.mongodb.com/docs/manual/core/aggregation-pipeline-limits/
 */
export const STAGE_MEMORY = 100 * 1024 * 1024;

/** What one run of a stage has left of its memory. */
export class Budget {
  readonly #stage: string;
  readonly #limit: number;
  #left: number;

  constructor(stage: string, limit: number) {
    this.#stage = stage;
    this.#limit = limit;
    this.#left = limit;
  }

  /**
   * Counts a value that the stage keeps.
   * @throws MongoError 292 when it is one too many
   */
  take(v: Value): void {
    this.#left -= roughSize(v);
    if (this.#left >= 0) return;
    throw new MongoError(
      292,
      `PlanExecutor error during aggregation :: caused by :: Exceeded memory limit for ${this.#stage}: ${this.#limit} bytes, and the embedded database does not spill pipeline stages to disk.`,
    );
  }
}
