import { ERRORS, Refusal } from '../../base/errors.ts';
import type { ErrorBody } from '../../contract/wire.ts';

/** A refusal as every surface shows it. `requestId` finds it in the log. */
export function errorBody(refusal: Refusal, requestId: string): ErrorBody {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      hint: ERRORS[refusal.code].hint,
      ...(refusal.field === undefined ? {} : { field: refusal.field }),
      ...(refusal.facts === undefined ? {} : { facts: refusal.facts }),
      requestId,
    },
  };
}

/** The answer to anything that went wrong inside: no stack, no detail. */
export const defect = (): Refusal => new Refusal('internal', 'Something went wrong on our side.');
