import type { FlowScript } from '../../contract/composed.ts';
import type { Actor } from '../events/events.ts';
import type { PageOf, PageRequest } from '../events/paging.ts';

/** A flow that administrators compose: what they are working on. What customers get is its newest version. */
export interface ComposedFlow {
  id: string;
  name: string;
  /** May be half written. */
  draft: FlowScript;
  /** Grows with each change: a change says which one it saw. */
  rev: number;
  createdAt: Date;
  updatedAt: Date;
  /** No longer there for people; talks under way still find its versions. */
  archivedAt: Date | null;
}

/** What was published once; never changes and never goes away, so that talks can point at it. */
export interface FlowVersion {
  id: string;
  flowId: string;
  /** From 1, without gaps. */
  number: number;
  script: FlowScript;
  at: Date;
  by: Actor;
  note: string;
}

/** Composed flows. A company has tens, not thousands: the list is whole. */
export interface ComposedFlowStore {
  create(flow: Pick<ComposedFlow, 'name' | 'draft'>, at: Date): Promise<ComposedFlow>;
  get(id: string): Promise<ComposedFlow | null>;
  /** Without archived ones, by name. */
  all(): Promise<ComposedFlow[]>;
  /** Changes it as it was at `rev`. Null: it is another by now, or archived. */
  change(
    id: string,
    rev: number,
    change: Partial<Pick<ComposedFlow, 'name' | 'draft'>>,
    at: Date,
  ): Promise<ComposedFlow | null>;
  /** False: it is archived already, or was never there. */
  archive(id: string, at: Date): Promise<boolean>;
  /** Keeps a version under the number after `newest` (0: the first). Null: there is one of that number already. */
  publish(version: Omit<FlowVersion, 'id' | 'number'>, newest: number): Promise<FlowVersion | null>;
  /** The newest version; null: it was never published. */
  newest(flowId: string): Promise<FlowVersion | null>;
  version(flowId: string, number: number): Promise<FlowVersion | null>;
  /** Newest first. */
  versions(flowId: string, page: PageRequest): Promise<PageOf<FlowVersion>>;
}
