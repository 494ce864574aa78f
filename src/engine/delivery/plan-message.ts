import type { Clock } from '../../base/clock.ts';
import type { OutboundButton, OutboundFile } from '../../contract/outbound.ts';
import type { OpenAccount } from '../../domain/accounts/open-account.ts';
import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Message } from '../../domain/conversations/message.ts';
import type { Stores } from '../../domain/stores.ts';
import { plan } from './plan.ts';
import type { Plan } from './plan.ts';

/** What planning a stored message needs. */
export interface PlanningParts {
  stores: Pick<Stores, 'files' | 'messages'>;
  clock: Clock;
  outboundFile(file: StoredFile): OutboundFile;
}

/** How a message goes out on its channel: its files, buttons and text fitted to what the channel can do. */
export async function planFor(
  parts: PlanningParts,
  message: Message,
  conversation: Conversation,
  open: OpenAccount,
): Promise<Plan> {
  const wanted = message.parts.flatMap((part) => ('fileId' in part ? [part] : []));
  const stored = new Map(
    (await parts.stores.files.many(wanted.map((part) => part.fileId))).map((file) => [
      file.id,
      file,
    ]),
  );
  const files = wanted.flatMap(({ kind, fileId }) => {
    const file = stored.get(fileId);
    return file?.state === 'ready' ? [{ kind, file: parts.outboundFile(file) }] : [];
  });
  if (files.length < wanted.length) {
    return {
      status: 'refused',
      reason: 'unsupported',
      detail: 'A file of this message is no longer there.',
    };
  }
  const location = message.parts.find((part) => part.kind === 'location');
  const buttons = message.buttons.flatMap(({ label, token, url }): OutboundButton[] => {
    if (url) return [{ label, url }];
    return token ? [{ label, token }] : [];
  });
  return plan(
    { text: message.text, marks: message.marks, files, buttons, ...(location && { location }) },
    open.channel.capabilities,
    { lastCustomerAt: conversation.lastCustomerAt, now: parts.clock.now() },
  );
}

/** The provider's id of the message this one answers, where the channel can quote. */
export async function quotedBy(
  parts: PlanningParts,
  message: Message,
  open: OpenAccount,
): Promise<string | null> {
  const id = message.replyTo?.messageId;
  if (!id || !open.channel.capabilities.quotes) return null;
  const original = await parts.stores.messages.get(id);
  return original?.externalIds[0] ?? null;
}
