import { MongoError } from '../../errors.ts';
import { collatorOf, type Collator, compare, encodeKey, sortGradually } from '../../order/index.ts';
import { eachRow, gradually } from '../../session/sources.ts';
import { type Doc, encode, spreadAt, type Value } from '../../values/index.ts';
import { Answer } from '../../wire/answer.ts';
import { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { documentsOf } from './flow.ts';
import { collectionOf, select } from './select.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/distinct/ */
export const distinct: Command = {
  name: 'distinct',
  fields: ['key', 'query', 'collation', 'hint'],
  inTransaction: true,
  run: async (call) => {
    const args = new Arguments('distinct', call.command);
    const path = args.text('key').split('.');
    const collation = args.doc('collation');
    const filter = args.doc('query') ?? {};
    const c = collectionOf(call, args.collection());
    if (!c) return { values: [] };
    const collator = collatorOf(collation ?? c.options['collation']);
    const found = new Map<string, Value>();
    const take = (doc: Doc): void => {
      for (const value of spreadAt(doc, path)) {
        const key = encodeKey([value], [1], collator).enc.toString('latin1');
        if (!found.has(key)) found.set(key, value);
      }
    };
    if (c.isView)
      for (const doc of await documentsOf(call, c.name, [{ $match: filter }])) take(doc);
    else {
      const wanted = { filter, collation, hint: call.command['hint'] };
      await eachRow(select(call, c, wanted), call, (row) => take(row.doc));
    }
    return gradually(answer([...found.values()], collator), call);
  },
};

const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** The values in order. @throws MongoError 17217 */
function* answer(values: Value[], collator: Collator | undefined): Generator<null, Answer> {
  const out = new Answer();
  out.beginArray('values');
  for (const value of yield* sortGradually(values, (a, b) => compare(a, b, collator))) {
    // A document of one field without a name: length, type, NUL, value, NUL.
    const field = encode({ '': value });
    out.element(field[4] as number, field.subarray(6, -1));
    if (out.bytes > MAX_ANSWER_BYTES) throw new MongoError(17217, 'distinct too big, 16mb cap');
    yield null;
  }
  out.end();
  out.add({ ok: 1 });
  return out;
}
