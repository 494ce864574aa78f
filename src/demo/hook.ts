import type { Account } from './company.ts';
import type { MadeFile } from './files.ts';
import type { Customer } from './story.ts';

let serial = 0;

/** An event in the pretend provider's own words, without the fields that all of them have. */
export type HookEvent = { type: string; messageId?: string } & Record<string, unknown>;

/** Posts events of a customer to the account's webhook, as a provider does. Answers the last one's id. */
export async function post(
  account: Account,
  who: Customer,
  at: Date,
  ...events: HookEvent[]
): Promise<string> {
  const whole = events.map((event) => {
    serial += 1;
    return {
      id: `e${serial}`,
      at: at.toISOString(),
      chat: chatOf(who),
      from: personOf(who),
      ...event,
    };
  });
  const response = await fetch(account.webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-secret': account.secret },
    body: JSON.stringify({ events: whole }),
  });
  if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
  return whole.at(-1)?.id ?? '';
}

/** The one chat that a customer has with us. */
export const chatOf = (who: Customer): string => `chat-${who.id}`;

const personOf = ({ id, name, phone, email, language }: Customer) => ({
  id,
  name,
  ...(phone && { phone, proof: 'provider' }),
  ...(email && { email }),
  ...(language && { language }),
});

/** A file as a part of a customer's message: the provider hands out the bytes when it is asked. */
export const partOf = ({ name, mime, kind, content, width, height, durationMs }: MadeFile) => ({
  kind,
  file: {
    ref: name,
    name,
    mime,
    size: content.length,
    ...(width && { width }),
    ...(height && { height }),
    ...(durationMs && { durationMs }),
  },
});
