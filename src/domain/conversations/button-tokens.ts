import type { ButtonToken } from '../integration/records.ts';
import type { Message } from './message.ts';

/** What a press of each button of a message means; a button that opens an address means nothing. */
export function buttonTokensOf(message: Message): ButtonToken[] {
  return message.buttons.flatMap(({ token, label, value }) =>
    token
      ? [
          {
            token,
            conversationId: message.conversationId,
            messageId: message.id,
            label,
            value: value ?? label,
            createdAt: message.at,
          },
        ]
      : [],
  );
}
