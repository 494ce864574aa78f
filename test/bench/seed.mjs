// Fills the database with conversations like the one that is there: copies of a real document, with other ids and states.
import mongoose from 'mongoose';

const { ObjectId } = mongoose.mongo;
const BATCH = 2_000;

/** Adds `count` conversations: 2 % waiting, 3 % open with `ownerId`, the rest closed, active over the last year. */
export async function seedConversations(connection, { count, ownerId }) {
  const conversations = connection.db.collection('conversations');
  const template = await conversations.findOne({});
  const now = Date.now();
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => {
      const n = from + index;
      const at = new Date(now - Math.floor((n / count) * 365 * 86_400_000));
      const state = n % 50 === 0 ? 'waiting' : n % 33 === 0 ? 'open' : 'closed';
      return {
        ...template,
        _id: new ObjectId(),
        chat: `seed-${n}`,
        contactId: new ObjectId(),
        activeAt: at,
        createdAt: at,
        session: {
          ...template.session,
          id: new ObjectId(),
          state,
          openedAt: at,
          waitingSince: state === 'waiting' ? at : null,
          ownerId: state === 'waiting' ? null : new ObjectId(ownerId),
          closedAt: state === 'closed' ? at : null,
        },
      };
    });
    await conversations.insertMany(batch, { ordered: false });
  }
}
