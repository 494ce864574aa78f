import { Refusal } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import type { SessionView } from '../../contract/wire.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { principalOf, SIGN_IN_MS } from './identify.ts';
import { digest } from './keys.ts';
import { nobodysHash, passwordMatches } from './password.ts';
import { sessionView } from './session-view.ts';

/** Where somebody signs in from. */
export interface Browser {
  address: string;
  agent: string;
}
/** A session that has begun. `key` is for the cookie; only its hash is kept. */
export interface SignedIn {
  key: string;
  session: SessionView;
}

const WINDOW_MS = 15 * 60_000;
/** Wrong passwords for one e-mail in the window; a good one clears them. */
const TRIES_PER_EMAIL = 10;
/** Tries of one address in the window, good ones too: an office has one address, a guesser needs more. */
const TRIES_PER_ADDRESS = 1_000;

/**
 * Signs in by e-mail and password. An unknown e-mail, a wrong password and a deactivated person get the same answer
 * after the same work. Too many tries are refused (`too_many`) before anything is compared.
 */
export async function signIn(
  desk: Desk,
  given: { email: string; password: string },
  from: Browser,
): Promise<SignedIn> {
  const email = given.email.trim().toLowerCase();
  await countTry(desk, `sign-in address ${from.address}`, TRIES_PER_ADDRESS);
  await countTry(desk, `sign-in email ${digest(email)}`, TRIES_PER_EMAIL);
  const user = await desk.stores.users.byEmail(email);
  const matches = await passwordMatches(
    given.password,
    user?.passwordHash ?? (await nobodysHash()),
  );
  if (!user || !matches || !user.active) {
    await recordFailure(desk, user, from);
    throw new Refusal('bad_sign_in', 'E-mail or password is wrong.');
  }
  await desk.stores.throttle.clear(`sign-in email ${digest(email)}`);
  return beginSession(desk, user, from);
}

/** Begins a session for somebody who has proved who they are. */
export async function beginSession(desk: Desk, user: User, from: Browser): Promise<SignedIn> {
  const now = desk.clock.now();
  const key = randomKey(32);
  const signedIn = await desk.stores.signIns.create({
    keyHash: digest(key),
    userId: user.id,
    csrf: randomKey(24),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + SIGN_IN_MS),
    agent: from.agent.slice(0, 300),
  });
  await desk.stores.audit.record({
    at: now,
    who: { kind: 'user', id: user.id, name: user.name },
    act: 'session.begin',
    detail: 'Signed in.',
    address: from.address,
  });
  return { key, session: await sessionView(desk, await principalOf(desk, user), signedIn.csrf) };
}

const countTry = async (desk: Desk, key: string, most: number): Promise<void> => {
  const tries = await desk.stores.throttle.hit(key, WINDOW_MS, desk.clock.now());
  if (tries > most)
    throw new Refusal('too_many', 'Too many tries to sign in. Wait a quarter of an hour.', {
      facts: { retryAfterSeconds: WINDOW_MS / 1000 },
    });
};

const recordFailure = (desk: Desk, user: User | null, from: Browser): Promise<void> =>
  desk.stores.audit.record({
    at: desk.clock.now(),
    who: user
      ? { kind: 'user', id: user.id, name: user.name }
      : { kind: 'external', id: null, name: 'somebody unknown' },
    act: 'session.refused',
    detail: user ? 'Gave a wrong password, or is deactivated.' : 'Gave an e-mail that nobody has.',
    address: from.address,
  });
