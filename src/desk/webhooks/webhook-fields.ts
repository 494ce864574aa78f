import { z } from 'zod';
import { OUTGOING_EVENTS } from './outgoing-events.ts';

const withoutPassword = (address: string): boolean => {
  const { username, password } = new URL(address);
  return username === '' && password === '';
};

const fields = {
  url: z
    .url({ protocol: /^https?$/, error: 'Give an address that begins with https://', abort: true })
    .max(2000)
    .refine(withoutPassword, 'Leave name and password out of the address: calls are signed.'),
  events: z.array(z.enum(OUTGOING_EVENTS, `Give some of ${OUTGOING_EVENTS.join(', ')}.`)).max(50),
  active: z.boolean(),
};

/** A new address; no events means all. */
export const newWebhook = z.strictObject({
  ...fields,
  events: fields.events.default([]),
  active: fields.active.default(true),
});

/** What can be changed; what is left out stays. */
export const webhookChange = z.strictObject(fields).partial();
