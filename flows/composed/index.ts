import type { Composer } from '../../src/contract/composed.ts';
import { compose } from './compose.ts';
import { problemsOf } from './problems.ts';

/** Flows that administrators make of steps, without a line of code. */
export const composer: Composer = { compose, problems: problemsOf };
