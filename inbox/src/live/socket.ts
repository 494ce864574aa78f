import { signal } from '@preact/signals';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type {
  ErrorBody,
  ResumeAnswer,
  ResumeRequest,
  StaffCalls,
  StaffEvents,
} from '../../../src/contract/wire.ts';
import { ApiError, refusalOf } from '../api/http.ts';
import { text } from '../text/index.ts';
import { thisDevice } from './device.ts';

/** How the live link stands. `lost` is shown; `connecting` is the first moment and is not. */
export const link = signal<'connecting' | 'live' | 'lost'>('connecting');

type StaffSocket = Socket<StaffEvents, StaffCalls>;
let socket: StaffSocket | null = null;

/**
 * Opens the link and keeps it open. `onLive` runs at every connection, the first one too;
 * `onRefused` when the server does not let us in.
 * Returns a function that closes it.
 */
export function openLink(
  handlers: { [K in keyof StaffEvents]: StaffEvents[K] },
  onLive: (again: boolean) => void,
  onRefused: () => void,
): () => void {
  const opened: StaffSocket = io('/staff', {
    transports: ['websocket', 'polling'],
    auth: { device: thisDevice() },
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
  socket = opened;
  let before = false;
  opened.on('connect', () => {
    link.value = 'live';
    onLive(before);
    before = true;
  });
  opened.on('disconnect', (reason) => {
    link.value = 'lost';
    // The server closed it on purpose (restart, signed out): the client library then waits for us.
    if (reason === 'io server disconnect') setTimeout(() => opened.connect(), 1_000);
  });
  opened.on('connect_error', () => {
    link.value = 'lost';
    if (opened.active) return;
    // The server refused us: perhaps the session ended.
    onRefused();
    setTimeout(() => opened.connect(), 3_000);
  });
  opened.on('message', handlers.message);
  opened.on('messageChanged', handlers.messageChanged);
  opened.on('conversation', handlers.conversation);
  opened.on('conversationGone', handlers.conversationGone);
  opened.on('typing', handlers.typing);
  opened.on('viewers', handlers.viewers);
  opened.on('presence', handlers.presence);
  opened.on('channel', handlers.channel);
  opened.on('crm', handlers.crm);
  opened.on('draft', handlers.draft);
  opened.on('notice', handlers.notice);
  // A socket that was open when the network went may be dead without knowing: begin anew.
  const online = () => opened.disconnect().connect();
  const away = () => {
    link.value = 'lost';
  };
  window.addEventListener('online', online);
  window.addEventListener('offline', away);
  return () => {
    window.removeEventListener('online', online);
    window.removeEventListener('offline', away);
    opened.removeAllListeners();
    opened.disconnect();
    socket = null;
    link.value = 'connecting';
  };
}

const isRefusal = (reply: ResumeAnswer | ErrorBody): reply is ErrorBody => 'error' in reply;

function ask(call: 'watch' | 'resume', request: ResumeRequest): Promise<ResumeAnswer> {
  return new Promise((resolve, reject) => {
    const gone = () =>
      reject(new ApiError('offline', text.errors.offline, text.errors.offlineHint, null, 0));
    if (!socket?.connected) return gone();
    const timer = setTimeout(gone, 10_000);
    socket.emit(call, request, (reply: ResumeAnswer | ErrorBody) => {
      clearTimeout(timer);
      if (isRefusal(reply)) reject(refusalOf(0, reply));
      else resolve(reply);
    });
  });
}

/** Begins to receive a talk's messages, and answers with what was missed. */
export const watch = (request: ResumeRequest) => ask('watch', request);
/** What was missed, nothing else. */
export const resume = (request: ResumeRequest) => ask('resume', request);
/** No longer receives a talk's messages. */
export function unwatch(conversationId: string): void {
  socket?.emit('unwatch', { conversationId });
}
/** Tells that the operator types, or stopped; of a note the customer is told nothing. */
export function showTyping(conversationId: string, on: boolean, note: boolean): void {
  if (socket?.connected) socket.emit('typing', { conversationId, on, ...(note && { note }) });
}
/** Tells that this device was touched. */
export function sayActive(): void {
  if (socket?.connected) socket.emit('active');
}
/** Tells whether this page is before its reader's eyes, and whether it is on the screen at all. */
export function sayLooking(on: boolean, shown: boolean): void {
  if (socket?.connected) socket.emit('looking', { on, shown });
}
