import type { TokenView } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import type { PersonalToken } from '../../domain/operators/user.ts';
import type { Desk } from '../desk.ts';

/** One's own personal tokens, without their text. */
export async function listTokens(desk: Desk, who: Principal): Promise<TokenView[]> {
  return (await desk.stores.tokens.ofUser(who.user.id)).map(tokenView);
}

/** A token as its owner sees it later. */
export const tokenView = ({ id, name, createdAt, lastUsedAt }: PersonalToken): TokenView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
