import type { z } from 'zod';
import { errorBody } from './common.ts';
import { crmViews } from './crm.ts';
import { flowViews } from './flows.ts';
import { lineViews } from './lines.ts';
import { operationViews } from './operations.ts';
import { peopleViews } from './people.ts';
import { talkViews } from './talks.ts';

/** Every view of `src/contract/wire.ts` by its name, for the OpenAPI document; the compiler compares them. */
export const viewSchemas: Record<string, z.ZodType> = {
  ErrorBody: errorBody,
  ...peopleViews,
  ...lineViews,
  ...flowViews,
  ...talkViews,
  ...crmViews,
  ...operationViews,
};
