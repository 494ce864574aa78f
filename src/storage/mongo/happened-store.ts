import { Types } from 'mongoose';
import type { HappenedStore } from '../../domain/integration/records.ts';
import { readConversation } from './conversation-documents.ts';
import type { Doc, Table } from './documents.ts';
import { messageShape } from './message-documents.ts';
import { readEntry } from './timeline-store.ts';
import type { Tables } from './tables.ts';

/** Documents are numbered by the second in which they were made. */
const madeSince = (since: Date): Doc => ({
  _id: { $gte: Types.ObjectId.createFromTime(Math.ceil(since.getTime() / 1000)) },
});

async function* all<T>(
  table: Table,
  filter: Doc,
  sort: Record<string, 1>,
  read: (doc: Doc) => T,
): AsyncGenerator<T> {
  for await (const doc of table.find(filter).sort(sort)) yield read(doc);
}

/** What lies in the database since some time. */
export function mongoHappened(tables: Tables): HappenedStore {
  const messages = tables.of('messages');
  return {
    messages: (since) => all(messages, madeSince(since), { _id: 1 }, messageShape.read),
    changedMessages: (since) =>
      all(
        messages,
        { changed: true, changedAt: { $gte: since } },
        { changedAt: 1 },
        messageShape.read,
      ),
    async *conversations(since) {
      for (const state of ['waiting', 'open', 'closed'])
        yield* all(
          tables.of('conversations'),
          { 'session.state': state, activeAt: { $gte: since } },
          { activeAt: 1 },
          readConversation,
        );
    },
    entries: (kinds, since) =>
      all(
        tables.of('timeline'),
        { ...madeSince(since), 'subject.kind': { $in: [...kinds] } },
        { _id: 1 },
        readEntry,
      ),
  };
}
