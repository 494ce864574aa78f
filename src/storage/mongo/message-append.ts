import { mongo } from 'mongoose';
import { coalesce } from '../../base/coalesce.ts';
import { KeyedLock } from '../../base/keyed-lock.ts';
import { UNFINISHED } from '../../domain/conversations/message.ts';
import type { Message, MessageDraft, MessageStore } from '../../domain/conversations/message.ts';
import { newId, ref } from './documents.ts';
import type { Row, Table } from './documents.ts';
import { messageShape } from './message-documents.ts';

const CONFLICT = 11000;
const KNOWN_CONVERSATIONS = 10_000;

/** The last seqs seen here; the oldest are forgotten, for a wrong guess costs only one more round trip. */
class LastSeqs {
  readonly #seqs = new Map<string, number>();

  get(conversationId: string): number {
    return this.#seqs.get(conversationId) ?? 0;
  }

  set(conversationId: string, seq: number): void {
    this.#seqs.delete(conversationId);
    this.#seqs.set(conversationId, seq);
    if (this.#seqs.size <= KNOWN_CONVERSATIONS) return;
    const [oldest] = this.#seqs.keys();
    if (oldest !== undefined) this.#seqs.delete(oldest);
  }
}

/** Which unique index stands in the way of each document of an unordered insert; null: it is stored. */
type InsertOutcome = { index: string } | null;

/** One unordered insert of many. Anything but a uniqueness clash fails the document, or all. */
export async function insertAll(table: Table, docs: Row[]): Promise<(InsertOutcome | Error)[]> {
  const outcomes: (InsertOutcome | Error)[] = docs.map(() => null);
  try {
    await table.insertMany(docs, { ordered: false });
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    const errors = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
    // Without a named document (a lost write concern) nobody may believe to be stored.
    if (errors.length === 0) throw error;
    for (const failure of errors) {
      const index = /index: (\S+)/.exec(failure.errmsg ?? '')?.[1];
      outcomes[failure.index] =
        failure.code === CONFLICT && index !== undefined
          ? { index }
          : new Error(failure.errmsg ?? 'The database refused a document.');
    }
  }
  return outcomes;
}

/** Gap-free appending: the unique (conversation, seq) decides, whatever was guessed. */
export function newAppend(table: Table): MessageStore['append'] {
  /** Inserts of different conversations made close together share a round trip. */
  const insert = coalesce<Row, InsertOutcome>((docs) => insertAll(table, docs), { parallel: 2 });
  const inTurn = new KeyedLock();
  const lastSeqs = new LastSeqs();

  const append = async (draft: MessageDraft, seqHint: number) => {
    const { conversationId } = draft;
    let seq = Math.max(seqHint, lastSeqs.get(conversationId)) + 1;
    for (;;) {
      const doc = newDocument(draft, seq);
      const outcome = await insert(doc);
      if (outcome === null) {
        lastSeqs.set(conversationId, seq);
        return { message: messageShape.read(doc), fresh: true };
      }
      const there = await table.findOne({ conversationId: ref(conversationId), key: draft.key });
      if (there) return { message: messageShape.read(there), fresh: false };
      // Another process took the number: go on after the last one there is.
      seq = (await lastSeqOf(table, conversationId)) + 1;
    }
  };
  return (draft, seqHint) => inTurn.run(draft.conversationId, () => append(draft, seqHint));
}

function newDocument(draft: MessageDraft, seq: number): Row {
  const pending = draft.delivery !== null && UNFINISHED.includes(draft.delivery.state);
  const fields: Omit<Message, 'id'> = {
    ...draft,
    seq,
    edits: [],
    removedAt: null,
    reactions: [],
    changedAt: draft.at,
  };
  return { _id: newId(), ...messageShape.write(fields), ...(pending ? { pending } : {}) };
}

async function lastSeqOf(table: Table, conversationId: string): Promise<number> {
  const last = await table.findOne(
    { conversationId: ref(conversationId) },
    { sort: { seq: -1 }, projection: { seq: 1 } },
  );
  return typeof last?.seq === 'number' ? last.seq : 0;
}
