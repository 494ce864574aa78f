import { describe, expect, it } from 'vitest';
import { BUILT_IN_ROLES } from '../../domain/operators/permissions.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { emailText, handleOf } from './person-fields.ts';
import { exceeds } from './roles.ts';
import { createSetupCode } from './setup-code.ts';

describe('a password', () => {
  it('matches its own hash only, which is never the same twice', async () => {
    const [first, second] = await Promise.all([
      hashPassword('pass wörd 1'),
      hashPassword('pass wörd 1'),
    ]);
    expect(first).not.toBe(second);
    expect(await passwordMatches('pass wörd 1', first)).toBe(true);
    expect(await passwordMatches('pass wörd 2', first)).toBe(false);
    expect(await passwordMatches('', first)).toBe(false);
  });

  it('matches however its accents were typed', async () => {
    const hash = await hashPassword('caf\u00e9 noir');
    expect(await passwordMatches('cafe\u0301 noir', hash)).toBe(true);
  });

  it.each(['', 'none', 'scrypt$15$8$3', 'bcrypt$1$2$3$4$5'])(
    'never matches %j, which is no hash',
    async (hash) => {
      expect(await passwordMatches('', hash)).toBe(false);
    },
  );
});

describe('a handle', () => {
  it.each([
    ['Ann Lee', 'ann.lee'],
    ['  José  Ñandú-Ortiz ', 'jose.nandu.ortiz'],
    ['Ann (Sales)', 'ann.sales'],
    ['李小龙', 'bruce.lee'],
    ['👩‍💻', 'bruce.lee'],
    [`${'very '.repeat(30)}long`, 'very.very.very.very.very.very.very.very.'.slice(0, 40)],
  ])('of %j is %j', (name, handle) => {
    expect(handleOf(name, 'bruce.lee@example.org')).toBe(handle);
  });
});

describe('an e-mail address', () => {
  it('is kept in lower case', () => {
    expect(emailText.parse(' Ann@Example.ORG ')).toBe('ann@example.org');
  });
  it.each(['', 'ann', 'ann@', '@example.org', 'ann@example', 'a b@example.org', 5])(
    'is not %j',
    (text) => {
      expect(emailText.safeParse(text).success).toBe(false);
    },
  );
});

describe('a setup code', () => {
  it('is another one each time, and is recognised however it is typed', () => {
    const [one, other] = [createSetupCode(), createSetupCode()];
    expect(one.text).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(one.text).not.toBe(other.text);
    expect(one.matches(one.text)).toBe(true);
    expect(one.matches(` ${one.text.toLowerCase().replace('-', ' ')} `)).toBe(true);
    expect(one.matches(other.text)).toBe(false);
    expect(one.matches('')).toBe(false);
  });
});

describe('a role', () => {
  it('exceeds another when it reaches further anywhere', () => {
    const { administrator, supervisor, operator } = BUILT_IN_ROLES;
    expect(exceeds(operator.grants, supervisor.grants)).toBe(false);
    expect(exceeds(supervisor.grants, operator.grants)).toBe(true);
    expect(exceeds(administrator.grants, supervisor.grants)).toBe(true);
    expect(exceeds({}, {})).toBe(false);
    expect(exceeds({ 'talk.read': 'department' }, { 'talk.read': 'own' })).toBe(true);
  });
});
