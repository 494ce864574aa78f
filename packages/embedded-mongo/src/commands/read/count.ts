import type { Collection } from '../../store/index.ts';
import type { Select, Selection } from '../../plan/index.ts';
import { sliceEnd } from '../../kv/turns.ts';
import { eachRow } from '../../session/sources.ts';
import type { Doc } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { documentsOf } from './aggregate.ts';
import { collectionOf, select } from './select.ts';

/** @see https://www.mongodb.com/docs/manual/reference/command/count/ */
export const count: Command = {
  name: 'count',
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run: async (call) => {
    const args = new Arguments('count', call.command);
    const asked = {
      filter: args.doc('query') ?? {},
      skip: args.count('skip') ?? 0,
      limit: Math.abs(args.count('limit', -Infinity) ?? 0),
      hint: call.command['hint'],
      collation: args.doc('collation'),
    };
    const c = collectionOf(call, args.collection());
    if (!c) return { n: 0 };
    return { n: c.isView ? await countView(call, c, asked) : await countSelected(call, c, asked) };
  },
};

async function countView(call: Call, c: Collection, asked: Select): Promise<number> {
  const pipeline: Doc[] = [{ $match: asked.filter }];
  if (asked.skip) pipeline.push({ $skip: asked.skip });
  if (asked.limit) pipeline.push({ $limit: asked.limit });
  return (await documentsOf(call, c.name, pipeline)).length;
}

/** How many documents a selection has; from the index or the kept count where they suffice. */
export async function countSelected(call: Call, c: Collection, wanted: Select): Promise<number> {
  const { skip = 0, limit = 0 } = wanted;
  const cut = (n: number): number => {
    const left = Math.max(0, n - skip);
    return limit ? Math.min(left, limit) : left;
  };
  if (!Object.keys(wanted.filter).length && !call.txn) return cut(c.count);
  const selection = select(call, c, wanted);
  if (selection.plan.kind === 'index' && selection.plan.exact)
    return cut(await countKeys(call, selection));
  let n = 0;
  await eachRow(selection, call, () => n++);
  return n;
}

async function countKeys(call: Call, selection: Selection): Promise<number> {
  try {
    for (let n = 0, end = sliceEnd(); ; n++) {
      if (selection.rows.nextId() === undefined) return n;
      if (n % 512 !== 0 || performance.now() < end) continue;
      selection.suspend();
      await call.breathe();
      end = sliceEnd();
    }
  } finally {
    selection.suspend();
  }
}
