import type { Operator } from './types.ts';

/** All expression operators by name. */
export const OPERATORS: Readonly<Record<string, Operator>> = {};
