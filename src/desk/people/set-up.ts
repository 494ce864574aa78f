import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { User } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';
import { makeUser } from './make-user.ts';
import { passwordText } from './password.ts';
import { emailText, nameText } from './person-fields.ts';
import type { SetupCode } from './setup-code.ts';
import type { Browser, SignedIn } from './sign-in.ts';
import { beginSession } from './sign-in.ts';

/** What the first visit asks for. */
export const setupForm = z.strictObject({
  name: nameText,
  email: emailText,
  password: passwordText,
  code: z.string().max(100),
  timeZone: z.string().max(100).optional(),
});

const TRIES = 20;
const WINDOW_MS = 15 * 60_000;
/** How long a crash in mid-setup can hold others up. */
const LOCK_MS = 10_000;

/** Whether the first administrator is still to be made. */
export async function setupNeeded(desk: Desk): Promise<boolean> {
  return !(await desk.stores.users.anyAdministrator());
}

/** Makes the first administrator and signs them in. Refused once there is one, and without the printed code. */
export async function setUp(
  desk: Desk,
  setupCode: SetupCode,
  form: z.output<typeof setupForm>,
  from: Browser,
): Promise<SignedIn> {
  if (!(await setupNeeded(desk)))
    throw new Refusal('conflict', 'There is an administrator already. Sign in instead.');
  const tries = await desk.stores.throttle.hit(
    `setup ${from.address}`,
    WINDOW_MS,
    desk.clock.now(),
  );
  if (tries > TRIES)
    throw new Refusal('too_many', 'Too many tries. Wait a quarter of an hour.', {
      facts: { retryAfterSeconds: WINDOW_MS / 1000 },
    });
  if (!setupCode.matches(form.code))
    throw new Refusal('forbidden', 'The setup code is wrong. It is printed in the terminal.', {
      field: 'code',
    });
  return beginSession(desk, await makeAdministrator(desk, form), from);
}

/**
 * Makes the first administrator, from the page or from the environment. Two at once make one: the second is refused
 * (`conflict`).
 */
export async function makeAdministrator(
  desk: Desk,
  form: { name: string; email: string; password: string; timeZone?: string | undefined },
): Promise<User> {
  const lock = 'first administrator';
  if ((await desk.stores.throttle.hit(lock, LOCK_MS, desk.clock.now())) > 1)
    throw new Refusal('conflict', 'Another first administrator is just being made.');
  try {
    if (!(await setupNeeded(desk)))
      throw new Refusal('conflict', 'There is an administrator already. Sign in instead.');
    return await makeUser(desk, { ...form, role: 'administrator' });
  } finally {
    await desk.stores.throttle.clear(lock);
  }
}
