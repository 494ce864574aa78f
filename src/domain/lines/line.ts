import type {
  AssignName,
  CountName,
  HoursView,
  LineFlowView,
  LineTargetsView,
  QueueName,
  StickyName,
} from '../../contract/wire.ts';

/** Days off that a calendar names; from a feed, fetched every day, or from a text that was given once. */
export interface HolidayCalendar {
  /** Where the feed is; null: the text was given. */
  url: string | null;
  /** Local dates with the name of the day, by date. The last good ones, when the feed is broken. */
  days: { date: string; name: string }[];
  /** When the days were last read; null: never yet. */
  fetchedAt: Date | null;
  /** What is wrong with the feed now, in a sentence; null: nothing. */
  problem: string | null;
  /** When the feed is due to be fetched; null: it is no feed. */
  nextAt: Date | null;
}

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
  /** `offer`: who is chosen has `offerSeconds` to take the talk. `direct`: has it at once, and as long to answer. */
  assign: AssignName;
  /** Which talks fill an operator's places. */
  counts: CountName;
  /** Whom a customer who comes back goes to, if they are there and free. */
  sticky: StickyName;
  /** Contact, lead and open deals follow a talk that is handed on, where the colleague before owned them. */
  ownerFollows: boolean;
  /** Hours of single days, by local date, in place of the weekday's and of holidays; an empty list: closed. */
  exceptions: Record<string, [string, string][]>;
  calendar: HolidayCalendar | null;
  /** What is said and asked without a person, in order. */
  flows: LineFlowView[];
  targets: LineTargetsView;
  /** After so many minutes of the customer's silence an answered talk is closed; null: never. */
  autoCloseMinutes: number | null;
  /** What stands under answers of people, once until another person answers; its variables as in canned answers. */
  signature: { on: boolean; text: string };
  createdAt: Date;
  archivedAt: Date | null;
}

/** Settings that a line can be made without: given at once, all open talks count, nobody in particular first, owners stay, no exceptions, no calendar, no flows, no targets, never closed by itself. */
type Optional =
  | 'assign'
  | 'counts'
  | 'sticky'
  | 'ownerFollows'
  | 'exceptions'
  | 'calendar'
  | 'flows'
  | 'targets'
  | 'autoCloseMinutes'
  | 'signature';
type NewLine = Omit<Line, 'id' | 'createdAt' | 'archivedAt'>;

export interface LineStore {
  create(line: Omit<NewLine, Optional> & Partial<Pick<NewLine, Optional>>): Promise<Line>;
  get(id: string): Promise<Line | null>;
  byKey(key: string): Promise<Line | null>;
  /** Without archived ones, by name. A company has tens of lines, not thousands: no paging. */
  all(): Promise<Line[]>;
  ofMember(userId: string): Promise<Line[]>;
  change(id: string, change: Partial<Omit<Line, 'id' | 'createdAt'>>): Promise<Line | null>;
  /**
   * The calendar of a line whose feed is due, its next turn set to `next` so that no other process has it too.
   * Null: none is due.
   */
  leaseCalendar(now: Date, next: Date): Promise<Line | null>;
  /** When a talk of this line was last given to each operator: the order of `evenly`. */
  turns(lineId: string): Promise<Map<string, Date>>;
  recordTurn(lineId: string, operatorId: string, at: Date): Promise<void>;
}
