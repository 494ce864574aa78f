import { z } from 'zod';
import type { Account, ChannelContext, ChannelSession } from '../../src/contract/channel.ts';
import type { DeliveryResult, OutboundMessage } from '../../src/contract/outbound.ts';
import { messageNumber, targetOf } from './address.ts';
import { openClient } from './client.ts';
import type { Client } from './client.ts';
import type { TelegramConfig } from './config.ts';
import { checkConnection } from './connection.ts';
import { download } from './download.ts';
import { refusedBy, resultOf } from './outcome.ts';
import { readProfile } from './profile.ts';
import { asDocument, renderCalls, renderEdit } from './render.ts';
import type { Call } from './render.ts';

/** What the session of a bot can do beside sending. */
export type TelegramAction =
  | 'typing'
  | 'edit'
  | 'remove'
  | 'react'
  | 'profile'
  | 'download'
  | 'acknowledge';

const sentMessage = z.object({ message_id: z.number().int() });
const sentResult = z.union([
  z.array(sentMessage).min(1),
  sentMessage.transform((message) => [message]),
]);

const NO_CHAT: DeliveryResult = {
  status: 'rejected',
  reason: 'no-such-chat',
  detail: 'This is not an address of a Telegram chat.',
};
const NO_MESSAGE: DeliveryResult = {
  status: 'rejected',
  reason: 'unsupported',
  detail: 'This is not the number of a Telegram message.',
};

/** https://core.telegram.org/bots/api#answercallbackquery */
const ANSWER_MAX = 200;

type Attempt = { ids: string[]; chatId: number } | { failed: DeliveryResult };

/** One call of a send. A chat that has moved and a picture that is no photo get a second try. */
async function attempt(client: Client, call: Call, target: { chat_id: number }): Promise<Attempt> {
  const run = async ({ method, payload }: Call, chat_id: number): Promise<Attempt> => {
    const result = sentResult.safeParse(
      await client.call(method, { ...target, ...payload, chat_id }),
    );
    if (result.success)
      return { ids: result.data.map((one) => String(one.message_id)), chatId: chat_id };
    return {
      failed: { status: 'uncertain', detail: 'Telegram took the message and named no number.' },
    };
  };
  try {
    return await run(call, target.chat_id);
  } catch (error) {
    const refused = refusedBy(error);
    const document = /photo_invalid|image_process_failed/i.test(refused?.description ?? '')
      ? asDocument(call)
      : null;
    if (!document && refused?.movedTo === undefined) return { failed: resultOf(error) };
    try {
      return await run(document ?? call, refused?.movedTo ?? target.chat_id);
    } catch (again) {
      return { failed: resultOf(again) };
    }
  }
}

/**
 * Sends the calls in order. After a part was sent, a failure of the rest is for a person to judge.
 */
async function sendAll(
  client: Client,
  calls: readonly Call[],
  message: OutboundMessage,
): Promise<DeliveryResult> {
  const target = targetOf(message.chat);
  if (!target) return NO_CHAT;
  const replyTo = messageNumber(message.replyTo);
  const reply =
    replyTo === null
      ? {}
      : {
          // The customer may have deleted the message since: the answer matters more than the
          // quote.
          reply_parameters: { message_id: replyTo, allow_sending_without_reply: true },
        };
  const ids: string[] = [];
  let chatId = target.chat_id;
  for (const [index, { method, payload }] of calls.entries()) {
    const call = { method, payload: index === 0 ? { ...payload, ...reply } : payload };
    const result = await attempt(client, call, { ...target, chat_id: chatId });
    if ('failed' in result) {
      if (ids.length === 0 || !('detail' in result.failed)) return result.failed;
      return {
        status: 'uncertain',
        detail: `A part was sent (${index} of ${calls.length}), the rest was not: ${result.failed.detail}`,
      };
    }
    ids.push(...result.ids);
    chatId = result.chatId;
  }
  const [first, ...rest] = ids;
  if (first === undefined)
    return { status: 'rejected', reason: 'unsupported', detail: 'There is nothing to send.' };
  const movedTo = chatId === target.chat_id ? {} : { movedTo: String(chatId) };
  return { status: 'sent', providerIds: [first, ...rest], ...movedTo };
}

/** Opens a bot. Nothing is asked of Telegram yet. */
export async function openTelegram(
  account: Account<TelegramConfig>,
  context: ChannelContext,
): Promise<ChannelSession<TelegramAction>> {
  const client = await openClient(account.config, context);

  /** A call whose answer is only yes or no; `fine` names refusals that change nothing. */
  const act = async (
    id: string,
    method: string,
    payload: Record<string, unknown>,
    fine?: RegExp,
  ): Promise<DeliveryResult> => {
    try {
      await client.call(method, payload);
    } catch (error) {
      if (!fine?.test(refusedBy(error)?.description ?? '')) return resultOf(error);
    }
    return { status: 'sent', providerIds: [id] };
  };

  /** For what is only a courtesy: failing is noted, and nobody is bothered. */
  const tryTo = async (method: string, payload: Record<string, unknown>): Promise<void> => {
    const result = await act('', method, payload);
    if (result.status !== 'sent')
      context.log.info({ method, detail: result.detail }, 'Telegram refused');
  };

  return {
    check: () => checkConnection(account, client, context.now()),
    send: (message) => sendAll(client, renderCalls(message.content), message),
    close: () => Promise.resolve(),

    async typing(chat, on) {
      const target = targetOf(chat);
      // It ends by itself after five seconds, or with the next message.
      if (on && target) await tryTo('sendChatAction', { ...target, action: 'typing' });
    },

    async edit(chat, providerIds, content) {
      const target = targetOf(chat);
      const message_id = messageNumber(providerIds[0]);
      const call = renderEdit(content);
      if (!target) return NO_CHAT;
      if (message_id === null) return NO_MESSAGE;
      if (!call)
        return {
          status: 'rejected',
          reason: 'unsupported',
          detail: 'Telegram can not change such a message.',
        };
      const payload = { ...target, message_id, ...call.payload };
      return act(String(message_id), call.method, payload, /message is not modified/i);
    },

    async remove(chat, providerIds) {
      const target = targetOf(chat);
      const numbers = providerIds.map(messageNumber).filter((number) => number !== null);
      const [first] = numbers;
      if (!target) return NO_CHAT;
      if (first === undefined) return NO_MESSAGE;
      const gone = /message to delete not found/i;
      return numbers.length === 1
        ? act(String(first), 'deleteMessage', { ...target, message_id: first }, gone)
        : act(String(first), 'deleteMessages', { ...target, message_ids: numbers }, gone);
    },

    async react(chat, messageId, emoji) {
      const target = targetOf(chat);
      const message_id = messageNumber(messageId);
      if (!target) return NO_CHAT;
      if (message_id === null) return NO_MESSAGE;
      // A bot has one reaction a message: the latest wish counts.
      const latest = emoji.at(-1);
      const reaction = latest === undefined ? [] : [{ type: 'emoji', emoji: latest }];
      return act(
        messageId,
        'setMessageReaction',
        { ...target, message_id, reaction },
        /message is not modified/i,
      );
    },

    profile: (personId) => readProfile(client, personId),
    download: (file) => download(file, account.config, client, context),
    acknowledge: (ack, text) =>
      tryTo('answerCallbackQuery', {
        callback_query_id: ack,
        ...(text ? { text: [...text].slice(0, ANSWER_MAX).join('') } : {}),
      }),
  };
}
