import type { HoursView, QueueName } from '../../contract/wire.ts';

/** An open line. */
export interface Line {
  id: string;
  key: string;
  name: string;
  queue: QueueName;
  /** User ids, in order. */
  members: string[];
  timeZone: string;
  hours: HoursView;
  holidays: string[];
  offHours: { action: 'queue' | 'text'; text?: string };
  offerSeconds: number;
  maxTalksPerOperator: number | null;
  autoLead: boolean;
  /** Higher is routed first. Default 0. */
  priority: number;
  createdAt: Date;
  archivedAt: Date | null;
}

export interface LineStore {
  create(line: Omit<Line, 'id' | 'createdAt' | 'archivedAt'>): Promise<Line>;
  get(id: string): Promise<Line | null>;
  byKey(key: string): Promise<Line | null>;
  /** Without archived ones, by name. A company has tens of lines, not thousands: no paging. */
  all(): Promise<Line[]>;
  ofMember(userId: string): Promise<Line[]>;
  change(id: string, change: Partial<Omit<Line, 'id' | 'createdAt'>>): Promise<Line | null>;
  /** When a talk of this line was last given to each operator: the order of `evenly`. */
  turns(lineId: string): Promise<Map<string, Date>>;
  recordTurn(lineId: string, operatorId: string, at: Date): Promise<void>;
}
