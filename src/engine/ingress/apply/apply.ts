import type { InboundEvent } from '../../../contract/inbound.ts';
import type { KnownAccount } from '../../../domain/accounts/open-account.ts';
import { onEdited, onReaction, onReceipt, onRemoved } from './changes.ts';
import { onEcho } from './echo.ts';
import { onButton, onMessage } from './message.ts';
import type { Apply, ApplyParts } from './parts.ts';
import { onCall, onMoved, onPresence } from './presence.ts';

const BY_TYPE: { [T in InboundEvent['type']]: Apply<Extract<InboundEvent, { type: T }>> } = {
  message: onMessage,
  echo: onEcho,
  edited: onEdited,
  removed: onRemoved,
  reaction: onReaction,
  button: onButton,
  receipt: onReceipt,
  presence: onPresence,
  moved: onMoved,
  call: onCall,
};

/**
 * Applies stored events. Each can be repeated after a crash at any point: conversations are found or made in one step,
 * messages have keys, counters move with seq.
 */
export function createApply(
  parts: ApplyParts,
): (event: InboundEvent, known: KnownAccount) => Promise<void> {
  return (event, known) => (BY_TYPE[event.type] as Apply<InboundEvent>)(parts, event, known);
}
