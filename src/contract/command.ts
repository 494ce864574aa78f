import { z } from 'zod';
import type { Card } from './card.ts';
import type { Right } from './rights.ts';
import type {
  CannedAnswerView,
  CommandView,
  ContactView,
  ConversationView,
  DealView,
  LeadView,
  LineView,
  MoneyView,
  PresenceState,
  SearchView,
  TalkSessionView,
  UserView,
} from './wire.ts';

/** A typed line, taken apart: what a command's `args` schema reads. */
export interface CommandInput {
  /** Words after the command's name, quotes taken off, without `key=value` pairs. */
  words: string[];
  /** `key=value` pairs; keys in lower case. */
  named: Record<string, string>;
  /** Everything after the command's name and one blank, as typed. */
  rest: string;
}

/** Reads a `CommandInput`; a command's `args` is this, refined and transformed. */
export const commandInput: z.ZodType<CommandInput> = z.object({
  words: z.array(z.string()),
  named: z.record(z.string(), z.string()),
  rest: z.string(),
});

/** Who speaks. */
export interface Speaker {
  id: string;
  name: string;
  handle: string;
  timeZone: string;
}

/** Where a command sends a talk. */
export interface TransferTo {
  kind: 'person' | 'line' | 'role';
  name: string;
}

/** A line's queue at this moment. */
export interface QueueLineView {
  line: LineView;
  /** Since when the customer who waits longest has waited; null: nobody waits. */
  oldestWaitingSince: string | null;
}

/** What commands do about queues, lines and presence. */
export interface QueueActs {
  skip(why: string | null): Promise<ConversationView>;
  transfer(to: TransferTo, note: string | null): Promise<ConversationView>;
  invite(person: string): Promise<{ conversation: ConversationView; to: UserView }>;
  /** `when`: as people say it, in the speaker's zone. */
  snooze(when: string): Promise<ConversationView>;
  tag(change: { add: string[]; remove: string[] }): Promise<ConversationView>;
  /** Who is about this talk: the operators of its line, in order. */
  who(): Promise<{ conversation: ConversationView; operators: UserView[] }>;
  /** The sessions of this talk, newest first. */
  sessions(): Promise<TalkSessionView[]>;
  /** The lines that concern the speaker. */
  queue(): Promise<QueueLineView[]>;
  /** One line by its name or its beginning; null: the only one there is. */
  line(name: string | null): Promise<
    QueueLineView & {
      operators: UserView[];
      opening: { open: boolean; nextChange: string | null };
    }
  >;
  /** `workNow`: in spite of the speaker’s hours and absences, today. */
  setPresence(state: PresenceState, workNow: boolean): Promise<UserView>;
}

/** What commands do about answers beside sending one now. */
export interface AnswerActs {
  /** `when`: as people say it, in the speaker's zone. Answers when it will be sent, ISO 8601 UTC. */
  later(text: string, when: string): Promise<{ sendAt: string }>;
  /** Sends a canned answer, its variables filled in; answers what was sent. */
  canned(shortcut: string): Promise<{ text: string }>;
  /** The canned answers for this talk. */
  cannedAnswers(): Promise<CannedAnswerView[]>;
}

/** Every act a command may do: the same use cases as the web's, with the speaker's rights. */
export interface CommandActs extends QueueActs, AnswerActs {
  commands(): readonly CommandView[];
  reply(text: string): Promise<void>;
  note(text: string): Promise<void>;
  take(): Promise<ConversationView>;
  /** `person`: a handle with or without `@`. */
  assign(person: string): Promise<{ conversation: ConversationView; to: UserView }>;
  close(outcome: string | null): Promise<ConversationView>;
  reopen(): Promise<ConversationView>;
  /** Scores the last session of this talk, 1 to 5. */
  rate(score: number, comment: string | null): Promise<TalkSessionView>;
  /** The lead of this talk; by number elsewhere. Null: there is none. */
  lead(number?: number): Promise<LeadView | null>;
  /** The customer of this talk; by number elsewhere. */
  contact(number?: number): Promise<ContactView | null>;
  changeContact(change: { name?: string; phone?: string; email?: string }): Promise<ContactView>;
  find(query: string): Promise<SearchView>;
  newDeal(deal: { title: string; amount: MoneyView }): Promise<DealView>;
}

/** What a running command sees. */
export interface CommandContext {
  speaker: Speaker;
  /** The talk the command was typed in, if any. */
  conversation: ConversationView | null;
  /** The company's currency, ISO 4217. */
  currency: string;
  now: Date;
  acts: CommandActs;
}

/** One chat command: one file under `src/commands`, found by a folder scan. */
export interface Command<A = unknown> {
  /** Words that name it, without the slash; `deal new` is longer than, and wins over, `deal`. */
  name: string;
  summary: string;
  /** `/assign @person` */
  usage: string;
  examples: string[];
  /** Without this right the command is refused, and `/help` does not list it; null: everybody. */
  allow: Right | null;
  /** Whether it only makes sense inside a talk. */
  inTalk?: boolean;
  /** The rest of the line is text for people: it is not taken apart, quotes in it mean nothing. Default false. */
  verbatim?: boolean;
  /** Reads a `CommandInput`. Messages of its issues are shown to people. */
  args: z.ZodType<A>;
  run(args: A, context: CommandContext): Promise<Card>;
}

/** Declares a command; only checks types. */
export function defineCommand<A>(command: Command<A>): Command<A> {
  return command;
}
