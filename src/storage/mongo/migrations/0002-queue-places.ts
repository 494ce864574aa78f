import { createIndexes } from './create-indexes.ts';
import type { Migration } from './migration.ts';

/** Sessions from before offers, rounds and snoozing: waiting ones are ready, none has a timer. */
export const queuePlaces: Migration = {
  id: '0002-queue-places',
  async up(connection) {
    const conversations = connection.collection('conversations');
    const begun = {
      'session.rounds': 0,
      'session.offer': null,
      'session.snoozedUntil': null,
      'session.awaitsAnswer': true,
      'session.guests': [],
      'session.watchers': [],
      'session.alerted': [],
      tags: [],
      pinnedBy: [],
    };
    const old = { 'session.place': { $exists: false } };
    await conversations.updateMany({ ...old, 'session.state': { $ne: 'waiting' } }, [
      {
        $set: {
          ...begun,
          'session.place': null,
          // Whose last line was theirs waits for no answer; who has the talk is who had it last.
          'session.awaitsAnswer': { $eq: ['$lastMessage.direction', 'in'] },
          lastOwnerId: '$session.ownerId',
        },
      },
    ]);
    await conversations.updateMany(
      { ...old, 'session.state': 'waiting' },
      { $set: { ...begun, lastOwnerId: null, 'session.place': 'ready' } },
    );
    await connection.collection('sessions').updateMany(
      { place: { $exists: false } },
      {
        $set: {
          ...{ rounds: 0, place: null, offer: null, snoozedUntil: null, awaitsAnswer: false },
          ...{ guests: [], watchers: [], alerted: [] },
        },
      },
    );
    await createIndexes(connection);
  },
};
