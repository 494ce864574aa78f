import type {
  ConversationDetail,
  ConversationView,
  DecisionView,
  FileView,
  MessageView,
  Page,
  SendBody,
  TalkSessionView,
  TalkState,
  TimelineView,
} from '../../../src/contract/wire.ts';
import { call, upload } from './http.ts';

/** What a list of talks is asked for. */
export interface TalkFilter {
  state?: TalkState;
  /** `me` or a user id. */
  owner?: string;
  /** Of the owner. */
  department?: string;
  line?: string;
  contact?: string;
  tag?: string;
  q?: string;
}

export const listTalks = (
  filter: TalkFilter,
  cursor: string | null,
  limit = 50,
  signal?: AbortSignal,
) =>
  call<Page<ConversationView>>('GET', '/conversations', {
    ...(signal && { signal }),
    query: {
      limit,
      cursor,
      q: filter.q,
      'filter[state]': filter.state,
      'filter[owner]': filter.owner,
      'filter[department]': filter.department,
      'filter[line]': filter.line,
      'filter[contact]': filter.contact,
      'filter[tag]': filter.tag,
    },
  });
export const readTalk = (id: string) => call<ConversationDetail>('GET', `/conversations/${id}`);
export const readMessages = (
  id: string,
  range: { afterSeq?: number; beforeSeq?: number; limit?: number },
) => call<Page<MessageView>>('GET', `/conversations/${id}/messages`, { query: range });
export const sendMessage = (id: string, body: SendBody) =>
  call<MessageView>('POST', `/conversations/${id}/messages`, { body });
export const takeTalk = (id: string) => call<ConversationView>('POST', `/conversations/${id}/take`);
export const assignTalk = (id: string, userId: string) =>
  call<ConversationView>('POST', `/conversations/${id}/assign`, { body: { userId } });
export const closeTalk = (id: string, outcome: string | null) =>
  call<ConversationView>('POST', `/conversations/${id}/close`, { body: { outcome } });
export const reopenTalk = (id: string) =>
  call<ConversationView>('POST', `/conversations/${id}/reopen`);
/** Where a talk goes: to a person, into another line, or to whoever of a role is free. */
export type TransferTarget = { userId: string } | { lineId: string } | { role: string };

const act = (id: string, name: string, body?: unknown) =>
  call<ConversationView>(
    'POST',
    `/conversations/${id}/${name}`,
    body === undefined ? {} : { body },
  );
export const skipTalk = (id: string) => act(id, 'skip', {});
export const transferTalk = (id: string, target: TransferTarget, note: string) =>
  act(id, 'transfer', { ...target, ...(note ? { note } : {}) });
export const inviteToTalk = (id: string, userId: string) => act(id, 'invite', { userId });
export const joinTalk = (id: string) => act(id, 'join');
export const leaveTalk = (id: string) => act(id, 'leave');
export const interceptTalk = (id: string) => act(id, 'intercept');
export const snoozeTalk = (id: string, until: Date) =>
  act(id, 'snooze', { until: until.toISOString() });
export const pinTalk = (id: string, on: boolean) => act(id, 'pin', { on });
export const tagTalk = (id: string, change: { add?: string[]; remove?: string[] }) =>
  act(id, 'tag', change);
export const mergeTalk = (id: string, from: string) => act(id, 'merge', { from });
export const unmergeTalk = (id: string, from: string) => act(id, 'unmerge', { from });
export const spamTalk = (id: string) => act(id, 'spam');
export const markTalkRead = (id: string) => call<unknown>('POST', `/conversations/${id}/read`);
export const listSessions = (id: string) =>
  call<Page<TalkSessionView>>('GET', `/conversations/${id}/sessions`);
export const scoreTalk = (
  id: string,
  body: { score: number; comment: string | null; sessionId: string },
) => call<TalkSessionView>('POST', `/conversations/${id}/rate`, { body });
export const listDecisions = (id: string) =>
  call<Page<DecisionView>>('GET', `/conversations/${id}/decisions`, { query: { limit: 50 } });
export const editMessage = (id: string, text: string) =>
  call<MessageView>('PATCH', `/messages/${id}`, { body: { text } });
export const removeMessage = (id: string) => call<MessageView>('DELETE', `/messages/${id}`);
export const reactToMessage = (id: string, emoji: string[]) =>
  call<MessageView>('PUT', `/messages/${id}/reactions`, { body: { emoji } });
export const uploadFile = (file: File, onProgress: (share: number) => void, signal: AbortSignal) =>
  upload<FileView>('/files', file, file.name || 'file', onProgress, signal);
export const retryFile = (id: string) => call<FileView>('POST', `/files/${id}/retry`);
export const readTimeline = (kind: string, id: string) =>
  call<Page<TimelineView>>('GET', '/timeline', {
    query: { 'filter[kind]': kind, 'filter[id]': id, limit: 50 },
  });
