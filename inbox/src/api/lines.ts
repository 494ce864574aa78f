import type {
  ChannelTypeView,
  ChannelView,
  ConnectionView,
  FlowTypeView,
  LineView,
  Page,
} from '../../../src/contract/wire.ts';
import { call } from './http.ts';

/** Everything of a line that people set. */
export type LineBody = Pick<
  LineView,
  | 'name'
  | 'queue'
  | 'members'
  | 'timeZone'
  | 'hours'
  | 'holidays'
  | 'offHours'
  | 'offerSeconds'
  | 'maxTalksPerOperator'
  | 'autoLead'
  | 'priority'
  | 'assign'
  | 'counts'
  | 'sticky'
  | 'ownerFollows'
  | 'exceptions'
  | 'flows'
  | 'targets'
  | 'autoCloseMinutes'
  | 'signature'
> & {
  /** Left out: as it was. */
  calendar?: CalendarBody;
};
/** A holiday calendar as it is given: the address of a feed, the text of a file, or none any more. */
export type CalendarBody = { url: string } | { ical: string } | null;
/** Everything of a channel that people set. */
export interface ChannelBody {
  type: string;
  name: string;
  lineId: string | null;
  role: 'line' | 'desk';
  config: Record<string, unknown>;
}

export const listLines = (cursor: string | null) =>
  call<Page<LineView>>('GET', '/lines', { query: { limit: 200, cursor } });
export const createLine = (body: Partial<LineBody>) => call<LineView>('POST', '/lines', { body });
export const changeLine = (id: string, body: Partial<LineBody>) =>
  call<LineView>('PATCH', `/lines/${id}`, { body });
export const listFlowTypes = () => call<Page<FlowTypeView>>('GET', '/flow-types');
export const readOpen = (id: string) =>
  call<{ open: boolean; nextChange: string | null }>('GET', `/lines/${id}/open`);

export const listChannelTypes = () => call<Page<ChannelTypeView>>('GET', '/channel-types');
export const listChannels = (cursor: string | null) =>
  call<Page<ChannelView>>('GET', '/channels', { query: { limit: 200, cursor } });
export const createChannel = (body: ChannelBody) =>
  call<ChannelView>('POST', '/channels', { body });
export const changeChannel = (id: string, body: Partial<Omit<ChannelBody, 'type'>>) =>
  call<ChannelView>('PATCH', `/channels/${id}`, { body });
export const readChannel = (id: string) => call<ChannelView>('GET', `/channels/${id}`);
/** Whether settings would work that are not saved: of a new channel, or changes to the one with `id`. */
export const testChannel = (type: string, config: Record<string, unknown>, id: string | null) =>
  id === null
    ? call<ConnectionView>('POST', '/channels/test', { body: { type, config } })
    : call<ConnectionView>('POST', `/channels/${id}/test`, { body: { config } });
export const connectChannel = (id: string) =>
  call<ConnectionView>('POST', `/channels/${id}/connect`);
export const pauseChannel = (id: string) => call<ConnectionView>('POST', `/channels/${id}/pause`);
export const removeChannel = (id: string) => call<null>('DELETE', `/channels/${id}`);
