import { MongoError } from '../errors.ts';
import type { Scope } from './types.ts';

/** A scope with one more variable, and the slot its values go to. */
export function bind(scope: Scope, name: string): { scope: Scope; slot: number } {
  const slot = scope.slots.count++;
  return { slot, scope: { ...scope, bound: new Map(scope.bound).set(name, slot) } };
}

/**
 * Checks the name a user gives to a variable.
 * @throws MongoError 16867 to 16870
 */
export function checkVariableName(name: string): void {
  if (name === '') throw new MongoError(16866, 'empty variable names are not allowed');
  if (name === 'CURRENT') return;
  if (!/^[a-z\u0080-\uffff]/.test(name)) {
    throw new MongoError(
      16867,
      `'${name}' starts with an invalid character for a user variable name`,
    );
  }
  if (!/^[A-Za-z0-9_\u0080-\uffff]*$/.test(name)) {
    throw new MongoError(16868, `'${name}' contains an invalid character for a variable name`);
  }
}
