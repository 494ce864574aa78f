import type { CannedAnswerView, DraftView, MessageView, Page } from '../../../src/contract/wire.ts';
import { call } from './http.ts';

/** Everything of a canned answer that people set. */
export type CannedBody = Pick<CannedAnswerView, 'shortcut' | 'title' | 'text' | 'lineIds' | 'acts'>;

export const listCanned = () => call<Page<CannedAnswerView>>('GET', '/canned-answers');
export const createCanned = (body: CannedBody) =>
  call<CannedAnswerView>('POST', '/canned-answers', { body });
export const changeCanned = (id: string, body: CannedBody) =>
  call<CannedAnswerView>('PATCH', `/canned-answers/${id}`, { body });
export const removeCanned = (id: string) => call<null>('DELETE', `/canned-answers/${id}`);
/** The text with its variables filled in for a talk. */
export const renderCanned = (id: string, conversationId: string) =>
  call<{ text: string }>('POST', `/canned-answers/${id}/render`, { body: { conversationId } });

/** Sends it, then does its acts; the same `clientId` again goes on where it stopped. */
export const sendCanned = (
  id: string,
  body: { conversationId: string; clientId: string; seenSeq: number },
) => call<{ text: string }>('POST', `/canned-answers/${id}/send`, { body });

/** What the reader has written elsewhere and not sent. */
export const listDrafts = () => call<Page<DraftView>>('GET', '/drafts');
export const saveDraft = (conversationId: string, body: { text: string; note: boolean }) =>
  call<DraftView>('PUT', `/conversations/${conversationId}/draft`, { body });

/** Answers that are still to be sent, soonest first, and those that could not be. */
export const listScheduled = (conversationId: string) =>
  call<Page<MessageView>>('GET', `/conversations/${conversationId}/scheduled`);
export const changeScheduled = (id: string, body: { text?: string; sendAt?: string }) =>
  call<MessageView>('PATCH', `/scheduled/${id}`, { body });
export const cancelScheduled = (id: string) => call<null>('DELETE', `/scheduled/${id}`);
