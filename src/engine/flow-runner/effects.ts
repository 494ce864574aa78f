import { randomKey } from '../../base/ids.ts';
import { buttonTokensOf } from '../../domain/conversations/button-tokens.ts';
import { closeByItself } from '../../domain/conversations/close-session.ts';
import type { FlowTask } from '../../domain/conversations/flow-plan.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import { toBeSent } from '../../domain/conversations/message.ts';
import { changeOf, draftOf, writeDown } from '../../domain/conversations/record-event.ts';
import { lastMessageOf } from '../../domain/conversations/summary.ts';
import { SYSTEM } from '../../domain/events/events.ts';
import type { FlowRunnerParts } from './runner.ts';

type Effect = FlowTask['effect'];
type Of<D extends Effect['do']> = Extract<Effect, { do: D }>;
/** Does one thing; answers the conversation as it stands after. Doing it again under the same key changes nothing. */
type Perform<E> = (conversation: Conversation, key: string, effect: E) => Promise<Conversation>;

/** Somebody else tags at the same moment: looked at again, so often at most. */
const TAG_TRIES = 5;

/** Does what flows decide. */
export function createEffects(parts: FlowRunnerParts): Perform<Effect> {
  const { stores, bus, clock } = parts;

  const say: Perform<Of<'say'>> = async (conversation, key, { text, buttons = [] }) => {
    const at = clock.now();
    const { message, fresh } = await stores.messages.append(
      draftOf(conversation, {
        direction: 'out',
        text,
        author: SYSTEM,
        at,
        key,
        buttons: buttons.map(({ label, value }) => ({ label, value, token: randomKey(12) })),
        delivery: toBeSent(at),
      }),
      conversation.seq,
    );
    await stores.buttonTokens.save(buttonTokensOf(message));
    const after =
      (await stores.conversations.bump(conversation.id, {
        seq: message.seq,
        lastMessage: lastMessageOf(message),
        unread: 'keep',
      })) ?? conversation;
    if (fresh) bus.publish({ type: 'message.appended', message, conversation: after });
    parts.wakeDelivery(conversation.id);
    return after;
  };

  const setContact: Perform<Of<'set-contact'>> = async (conversation, _key, { field, value }) => {
    const { contactId } = conversation;
    const changed =
      field === 'name'
        ? await stores.contacts.change(contactId, { name: value })
        : await stores.contacts.addWays(
            contactId,
            field === 'phone' ? [value] : [],
            field === 'email' ? [value] : [],
          );
    if (field === 'name') await stores.conversations.renameContact(contactId, value);
    if (!changed) return conversation;
    bus.publish({ type: 'contact.changed', contactId });
    return (await stores.conversations.get(conversation.id)) ?? conversation;
  };

  const rate: Perform<Of<'rate'>> = async (conversation, _key, { score, comment }) => {
    const { id, session, contactName } = conversation;
    if (session.rating?.score === score && session.rating.comment === (comment ?? null))
      return conversation;
    const rating = { score, comment: comment ?? null, at: clock.now() };
    const change = changeOf(parts, conversation, {
      kind: 'rated',
      text: `${contactName} rated the talk ${score} of 5${comment ? `: ${comment}` : '.'}`,
      by: { kind: 'contact', id: conversation.contactId, name: contactName },
      before: { rating: session.rating?.score ?? null },
      after: { rating: score },
    });
    const rated = await stores.flows.rate(id, session.id, rating, change);
    if (!rated) return conversation;
    if (rated.session.state === 'closed') await stores.sessions.archive(rated);
    return writeDown(parts, rated, change);
  };

  const consent: Perform<Of<'consent'>> = async (conversation, _key, { text }) => {
    const { id, session, contactName } = conversation;
    if (session.consent?.text === text) return conversation;
    const change = changeOf(parts, conversation, {
      kind: 'consent',
      text: `${contactName} agreed: ${text}`,
      by: { kind: 'contact', id: conversation.contactId, name: contactName },
      after: { consent: text },
    });
    const agreed = await stores.flows.consent(id, session.id, { text, at: clock.now() }, change);
    return agreed ? writeDown(parts, agreed, change) : conversation;
  };

  const tag: Perform<Of<'tag'>> = async (conversation, _key, effect) => {
    const wanted = effect.tag.trim().replace(/^#/, '').replace(/\s+/g, ' ').toLowerCase();
    for (let tries = 0; tries < TAG_TRIES; tries++) {
      const seen = await stores.conversations.get(conversation.id);
      if (!seen || wanted === '' || seen.tags.includes(wanted)) return seen ?? conversation;
      const tags = [...seen.tags, wanted];
      const change = changeOf(parts, seen, {
        kind: 'tagged',
        text: `A flow tagged it ${wanted}.`,
        by: SYSTEM,
        before: { tags: seen.tags },
        after: { tags },
      });
      const tagged = await stores.conversations.setTags(seen.id, seen.tags, tags, change);
      if (tagged) return writeDown(parts, tagged, change);
    }
    // The step stays undone, and the sweep does it again.
    throw new Error('The tags change too quickly.');
  };

  const queue: Perform<Of<'queue'>> = async (conversation) => {
    parts.consider(conversation.lineId, conversation.id);
    return conversation;
  };

  const line: Perform<Of<'line'>> = async (conversation, _key, { lineId }) => {
    const to = await parts.line(lineId);
    const { id, session } = conversation;
    if (!to || to.archivedAt || lineId === conversation.lineId || session.state === 'closed')
      return conversation;
    const why = `The customer chose ${to.name}.`;
    const change = changeOf(parts, conversation, {
      kind: 'transferred',
      text: `The talk went to ${to.name}: the customer chose it.`,
      by: SYSTEM,
      before: { lineId: conversation.lineId, ownerId: session.ownerId },
      after: { lineId, ownerId: null },
      why,
      tells: { type: 'session.released', before: session.ownerId },
    });
    const moved = await stores.queue.move(
      id,
      { sessionId: session.id, ownerId: session.ownerId },
      { lineId, at: clock.now(), why, tried: [] },
      change,
    );
    return moved ? writeDown(parts, moved, change) : conversation;
  };

  const close: Perform<Of<'close'>> = async (conversation, _key, { outcome }) =>
    closeByItself(parts, conversation, outcome, `A flow closed the talk: ${outcome}.`);

  return (conversation, key, effect) => {
    switch (effect.do) {
      case 'say':
        return say(conversation, key, effect);
      case 'set-contact':
        return setContact(conversation, key, effect);
      case 'rate':
        return rate(conversation, key, effect);
      case 'consent':
        return consent(conversation, key, effect);
      case 'tag':
        return tag(conversation, key, effect);
      case 'queue':
        return queue(conversation, key, effect);
      case 'line':
        return line(conversation, key, effect);
      case 'close':
        return close(conversation, key, effect);
    }
  };
}
