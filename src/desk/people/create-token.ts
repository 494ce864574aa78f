import { randomKey } from '../../base/ids.ts';
import type { TokenView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { digest } from './keys.ts';
import { tokenView } from './list-tokens.ts';

/** Makes a personal token for scripts: it may what its owner may. Its text is in this answer and nowhere else. */
export async function createToken(desk: Desk, who: Principal, name: string): Promise<TokenView> {
  const text = `ol_${randomKey(32)}`;
  const token = await desk.stores.tokens.create({
    keyHash: digest(text),
    userId: who.user.id,
    name,
    createdAt: desk.clock.now(),
  });
  await recordAudit(desk, who, 'token.create', `Made the personal token "${name}".`);
  return { ...tokenView(token), token: text };
}
