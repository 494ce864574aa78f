import { Refusal } from '../../base/errors.ts';
import type { ActionName } from '../../contract/capabilities.ts';
import type { DeliveryResult } from '../../contract/outbound.ts';
import type { AnySession } from '../../domain/accounts/open-account.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Desk } from '../desk.ts';

const WORDS: Partial<Record<ActionName, string>> = {
  edit: 'change messages',
  remove: 'take messages back',
  react: 'carry reactions',
};

/** The session of a message's account, which must have this action; refuses with a sentence otherwise. */
export function sessionFor<A extends ActionName>(
  desk: Desk,
  message: Pick<Message, 'accountId'>,
  action: A,
): AnySession & Required<Pick<AnySession, A>> {
  const open = desk.accounts.get(message.accountId);
  if (!open) throw new Refusal('rule_broken', 'The channel of this talk is not connected.');
  if (!open.session[action]) {
    throw new Refusal(
      'rule_broken',
      `${open.channel.title} can not ${WORDS[action] ?? 'do that'}.`,
    );
  }
  return open.session as AnySession & Required<Pick<AnySession, A>>;
}

/** Passes a provider's yes; turns everything else into a refusal: nothing was changed here. */
export function expectDone(result: DeliveryResult): void {
  if (result.status === 'sent') return;
  throw new Refusal('rule_broken', `The provider did not do it: ${result.detail}`);
}
