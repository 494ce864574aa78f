import type { ButtonToken, ButtonTokenStore } from '../../domain/integration/records.ts';
import { shape } from './documents.ts';
import type { Tables } from './tables.ts';

const tokens = shape<Omit<ButtonToken, 'token'> & { id: string }>({
  refs: ['conversationId', 'messageId'],
});

/** What buttons mean; the database drops them after 180 days. */
export function mongoButtonTokens(tables: Tables): ButtonTokenStore {
  const table = tables.of('buttonTokens');
  return {
    async save(saved) {
      if (saved.length === 0) return;
      // Saving twice is the same: a send that is planned again writes its tokens again.
      await table.bulkWrite(
        saved.map(({ token, ...fields }) => ({
          replaceOne: { filter: { _id: token }, replacement: tokens.write(fields), upsert: true },
        })),
      );
    },
    async get(token) {
      const doc = await table.findOne({ _id: token });
      if (!doc) return null;
      const { id, ...fields } = tokens.read(doc);
      return { token: id, ...fields };
    },
  };
}
