import type { ChannelSession } from '../../src/contract/channel.ts';
import type { DeliveryResult } from '../../src/contract/outbound.ts';

/** What the widget's session can do beside sending. */
export type WebchatAction = 'typing' | 'edit' | 'remove' | 'react';

const sent = (key: string): Promise<DeliveryResult> =>
  Promise.resolve({ status: 'sent', providerIds: [key] });

/**
 * There is no provider: a message that is stored lies in the visitor's talk already, and the visitor's door shows it
 * and every change of it. So all of these only say that it is done.
 */
export function openWebchat(): ChannelSession<WebchatAction> {
  return {
    check: () =>
      Promise.resolve({ status: 'connected', detail: 'The widget is ready to be put on a site.' }),
    send: (message) => sent(message.key),
    edit: (_chat, providerIds) => sent(providerIds[0] ?? 'edit'),
    remove: (_chat, providerIds) => sent(providerIds[0] ?? 'remove'),
    react: (_chat, messageId) => sent(messageId),
    typing: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
