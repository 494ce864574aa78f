import { messageOf } from '../../base/errors.ts';
import { writeDown } from '../../domain/conversations/record-event.ts';
import type { Desk } from '../desk.ts';

const BATCH = 200;

/**
 * Writes down what a process left when it died: changes of talks whose event, entry or decision may be missing, or that
 * not everybody heard of. Those younger than `minAgeMs` may be under way in another process.
 */
export async function writeDownRest(desk: Desk, minAgeMs: number): Promise<void> {
  const before = new Date(desk.clock.now().getTime() - minAgeMs);
  const { conversations } = desk.stores;
  for (const talk of await conversations.withUnwritten(before, BATCH)) {
    try {
      let now = talk;
      for (const unwritten of talk.unwritten ?? [])
        if (unwritten.at <= before) now = await writeDown(desk, now, unwritten);
    } catch (error) {
      desk.log.warn(
        { conversationId: talk.id, error: messageOf(error) },
        'a change of a talk waits for the next sweep to be written down',
      );
    }
  }
}
