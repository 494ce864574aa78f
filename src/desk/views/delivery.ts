import type { DeliveryView } from '../../contract/wire.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Desk } from '../desk.ts';

/** Outgoing messages as journeys, with one query for their talks. */
export async function deliveryViews(
  desk: Pick<Desk, 'stores'>,
  messages: readonly Message[],
): Promise<DeliveryView[]> {
  const ids = [...new Set(messages.map(({ conversationId }) => conversationId))];
  const talks = new Map((await desk.stores.conversations.many(ids)).map((talk) => [talk.id, talk]));
  return messages.flatMap((message) => {
    const { delivery } = message;
    if (!delivery) return [];
    return [
      {
        id: message.id,
        conversationId: message.conversationId,
        channelId: message.accountId,
        contactName: talks.get(message.conversationId)?.contactName ?? '',
        text: message.text,
        state: delivery.state,
        detail: delivery.detail,
        attempts: delivery.attempts,
        nextAt: delivery.state === 'queued' ? delivery.nextAt.toISOString() : null,
        at: message.at.toISOString(),
        log: delivery.log.map(({ at, status, detail }) => ({
          at: at.toISOString(),
          status,
          detail,
        })),
      },
    ];
  });
}
