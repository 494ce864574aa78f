import { randomKey } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { hashPassword } from '../desk/people/password.ts';
import type { Config } from './config.ts';
import { openDataFolder } from './data-folder.ts';
import { withDatabase } from './database.ts';

/**
 * Gives a person a password that is made here, and ends their sessions: the way back in for whoever may read the data
 * folder anyway. May run while Openline does. Throws a sentence when nobody who is active has the e-mail.
 */
export async function newPassword(
  config: Pick<Config, 'dataDir' | 'mongoUri' | 'embeddedMemoryMb'>,
  email: string,
  log: Log,
): Promise<{ name: string; password: string }> {
  const folder = openDataFolder(config.dataDir);
  return withDatabase(config, folder, log, async ({ stores }) => {
    const user = await stores.users.byEmail(email.trim().toLowerCase());
    if (!user?.active) throw new Error(`Nobody who may sign in has the e-mail ${email}.`);
    const password = randomKey(15);
    await stores.users.change(user.id, { passwordHash: await hashPassword(password) });
    await stores.signIns.removeOfUser(user.id);
    await stores.audit.record({
      at: new Date(),
      who: { kind: 'system', id: null, name: 'Openline' },
      act: 'user.change',
      detail: `Changed password of ${user.name} from the terminal.`,
      address: null,
    });
    return { name: user.name, password };
  });
}
