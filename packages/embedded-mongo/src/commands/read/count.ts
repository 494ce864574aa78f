import type { Collection } from '../../store/index.ts';
import type { Select } from '../../plan/index.ts';
import type { Doc } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { countSelected } from './counting.ts';
import { documentsOf } from './flow.ts';
import { collectionOf } from './select.ts';

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
