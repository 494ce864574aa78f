import { splitPipeline } from '../../aggregate/index.ts';
import { MongoError } from '../../errors.ts';
import { explainPlan, queryPlanner, type Selection } from '../../plan/index.ts';
import { eachRow } from '../../session/sources.ts';
import type { Collection } from '../../store/index.ts';
import { type Doc, isArr, isPlain, type Value } from '../../values/index.ts';
import { Arguments } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Command } from '../command.ts';
import { readFind } from './find-arguments.ts';
import { resolveView } from './flow.ts';
import { collectionOf, type Filtering, select } from './select.ts';
import { SERVER_INFO } from '../server/identity.ts';

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** @see https://www.mongodb.com/docs/manual/reference/command/explain/ */
export const explain: Command = {
  name: 'explain',
  fields: ['verbosity'],
  run: async (call) => {
    const verbosity = call.command['verbosity'] ?? 'allPlansExecution';
    if (typeof verbosity !== 'string' || !VERBOSITIES.includes(verbosity))
      throw new MongoError(
        2,
        `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
      );
    const inner = new Arguments('explain', call.command).doc('explain') ?? {};
    const name = Object.keys(inner)[0] ?? '';
    const collection = String(inner[name]);
    if (name === 'aggregate')
      return explainAggregate(call, collection, (inner['pipeline'] as Doc[] | undefined) ?? []);
    const read = SELECTS[name];
    if (!read) throw new MongoError(59, `Explain failed due to unknown command: ${name}`);
    const asked = read(inner);
    const c = collectionOf(call, collection);
    return {
      explainVersion: '1',
      ...(await explained(call, c, `${call.db}.${collection}`, asked, verbosity)),
      command: inner,
      serverInfo: SERVER_INFO,
      serverParameters: {},
    };
  },
};

type Asked = Filtering & { sort?: Doc | undefined; skip?: number; limit?: number };

const firstOf = (list: Value): Doc => {
  const [first] = isArr(list) ? list : [];
  return isPlain(first) ? first : {};
};

const SELECTS: Readonly<Record<string, (command: Doc) => Asked>> = {
  find: (command) => readFind(command),
  count: (command) => common(command, command['query']),
  distinct: (command) => common(command, command['query']),
  findAndModify: (command) => ({ ...common(command, command['query']), limit: 1 }),
  findandmodify: (command) => ({ ...common(command, command['query']), limit: 1 }),
  update: (command) => common(firstOf(command['updates']), firstOf(command['updates'])['q']),
  delete: (command) => common(firstOf(command['deletes']), firstOf(command['deletes'])['q']),
};

const common = (command: Doc, filter: Value): Asked => ({
  filter: isPlain(filter) ? filter : {},
  sort: isPlain(command['sort']) ? command['sort'] : undefined,
  hint: command['hint'],
  collation: isPlain(command['collation']) ? command['collation'] : undefined,
});

async function explained(
  call: Call,
  c: Collection | undefined,
  ns: string,
  asked: Asked,
  verbosity: string,
): Promise<Doc> {
  if (!c || c.isView) {
    const winningPlan = { stage: 'EOF' };
    return {
      queryPlanner: { namespace: ns, parsedQuery: asked.filter, winningPlan, rejectedPlans: [] },
    };
  }
  const selection = select(call, c, asked);
  const winning = explainPlan(selection.plan, asked.sort);
  const planner = { queryPlanner: queryPlanner(c, asked.filter, winning) };
  if (verbosity === 'queryPlanner') return planner;
  return { ...planner, executionStats: await executionStats(call, selection, winning, verbosity) };
}

async function executionStats(
  call: Call,
  selection: Selection,
  winning: Doc,
  verbosity: string,
): Promise<Doc> {
  const began = performance.now();
  let nReturned = 0;
  await eachRow(selection, call, () => nReturned++);
  return {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - began),
    totalKeysExamined: selection.rows.keysExamined,
    totalDocsExamined: selection.rows.documentsExamined,
    executionStages: { ...winning, nReturned },
    ...(verbosity === 'allPlansExecution' ? { allPlansExecution: [] } : {}),
  };
}

/** The explanation of a pipeline: the plan of its beginning, then its stages. */
export async function explainAggregate(
  call: Call,
  collection: string,
  pipeline: Doc[],
): Promise<Doc> {
  const { c, ns, pipeline: whole } = resolveView(call, { coll: collection }, pipeline);
  const { rest, ...asked } = splitPipeline(whole);
  const found = await explained(
    call,
    c,
    ns,
    { filter: asked.filter, sort: asked.sort, hint: call.command['hint'] },
    'queryPlanner',
  );
  const common = { explainVersion: '1', serverInfo: SERVER_INFO, command: call.command };
  return rest.length
    ? { ...common, stages: [{ $cursor: found }, ...rest] }
    : { ...common, ...found };
}
