import { Refusal } from '../../base/errors.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { digest } from '../people/keys.ts';
import { beginVisit } from './begin-visit.ts';
import { readIdentity } from './identity-token.ts';
import type { SiteIdentity } from './identity-token.ts';
import { chatOf, hasConsented } from './visitor.ts';
import type { Widget } from './widget.ts';

/** A signed visitor's browser; `token` when it is new. */
export interface Identified {
  record: VisitorRecord;
  token: string | null;
}

/**
 * Makes the browser the one of the person whom the site vouches for. The same person keeps their talk on every
 * device; another person on the same browser never sees it. What an unsigned visitor of this browser wrote before
 * goes along, unless the person has a talk already. Refuses with `bad_signature`.
 */
export async function identifyVisitor(
  desk: Desk,
  widget: Widget,
  current: VisitorRecord | null,
  token: string,
  from: { address: string; language: string | null },
): Promise<Identified> {
  const { account, way, line } = widget;
  const secrets = way.identitySecrets(account.account.config);
  const verdict = readIdentity(token, secrets, line.key, desk.clock.now());
  if (!verdict.ok) throw new Refusal('bad_signature', verdict.why);
  const { identity } = verdict;
  const chat = `s_${digest(`${account.record.id}\n${identity.subject}`).slice(0, 32)}`;
  const facts = { name: identity.name, email: identity.email, phone: identity.phone };

  if (current && chatOf(current) === chat)
    return {
      record: (await desk.stores.visitors.change(current.id, facts)) ?? current,
      token: null,
    };

  const begun = await beginVisit(desk, widget, {
    ...facts,
    chat,
    proof: 'signed',
    consented: hasConsented(current, widget),
    language: from.language ?? current?.language ?? null,
    address: from.address,
  });
  if (current) {
    if (current.proof === 'claimed')
      await takeTalkAlong(desk, widget, chatOf(current), chat, identity);
    await desk.stores.visitors.remove(current.id);
  }
  return begun;
}

async function takeTalkAlong(
  desk: Desk,
  widget: Widget,
  from: string,
  to: string,
  identity: SiteIdentity,
): Promise<void> {
  const { conversations, contacts } = desk.stores;
  const accountId = widget.account.record.id;
  const talk = await conversations.byChat(accountId, from);
  if (!talk || (await conversations.byChat(accountId, to))) return;
  const moved = await conversations.setChat(talk.id, to);
  if (!moved) return;
  const ways = {
    phones: identity.phone ? [identity.phone] : [],
    emails: identity.email ? [identity.email] : [],
  };
  await contacts.addWays(talk.contactId, ways.phones, ways.emails);
  if (identity.name) {
    await contacts.change(talk.contactId, { name: identity.name });
    await conversations.renameContact(talk.contactId, identity.name);
  }
  desk.bus.publish({ type: 'contact.changed', contactId: talk.contactId });
  desk.bus.publish({
    type: 'conversation.changed',
    conversation: (await conversations.get(talk.id)) ?? moved,
  });
}
