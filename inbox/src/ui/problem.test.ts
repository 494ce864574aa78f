import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/http.ts';
import { problemOf } from './problem.ts';

const refused = (message: string, field: string | null) =>
  new ApiError('rule_broken', message, '', field, 422);

describe('the problem of a field', () => {
  it('stands at its field alone, also at one inside of a list', () => {
    expect(problemOf(refused('Give a name.', 'name'), 'name')).toBe('Give a name.');
    expect(problemOf(refused('Give a name.', 'name'), 'email')).toBeNull();
    expect(problemOf(refused('Give a label.', 'options.1.label'), 'label')).toBe('Give a label.');
    expect(problemOf(null, 'name')).toBeNull();
  });

  it('does not say its field once more', () => {
    expect(problemOf(refused('password: give one.', 'password'), 'password')).toBe('Give one.');
    const time = 'Give a time like 09:00, not later than 18:00.';
    expect(problemOf(refused(time, 'from'), 'from')).toBe(time);
    const colon = 'Names of two words: choose one.';
    expect(problemOf(refused(colon, 'name'), 'name')).toBe(colon);
  });
});
