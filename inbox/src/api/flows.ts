import type { FlowScript } from '../../../src/contract/composed.ts';
import type {
  FlowVersionView,
  FlowView,
  Page,
  SimulatedEvent,
  SimulationView,
} from '../../../src/contract/wire.ts';
import { call } from './http.ts';

/** What a simulated talk goes by; what is left out is as at a first contact in working hours. */
export interface SimulatedFacts {
  firstContact: boolean;
  lineOpen: boolean;
  operatorsFree: number;
  language: string | null;
  contact: { hasName: boolean; hasPhone: boolean; hasEmail: boolean };
  outcome: string | null;
}

export const listFlows = () => call<Page<FlowView>>('GET', '/flows', { query: { limit: 200 } });
export const readFlow = (id: string) => call<FlowView>('GET', `/flows/${id}`);
export const createFlow = (body: { name: string; draft: FlowScript }) =>
  call<FlowView>('POST', '/flows', { body });
export const changeFlow = (id: string, body: { rev: number; name: string; draft: FlowScript }) =>
  call<FlowView>('PATCH', `/flows/${id}`, { body });
export const removeFlow = (id: string) => call<null>('DELETE', `/flows/${id}`);
export const publishFlow = (id: string, body: { rev: number; note?: string; from?: number }) =>
  call<FlowView>('POST', `/flows/${id}/publish`, { body });
export const listFlowVersions = (id: string, cursor: string | null) =>
  call<Page<FlowVersionView>>('GET', `/flows/${id}/versions`, { query: { limit: 20, cursor } });
export const simulateFlow = (body: {
  script: FlowScript;
  facts: SimulatedFacts;
  events: readonly SimulatedEvent[];
}) => call<SimulationView>('POST', '/flows/simulate', { body });
