import { MongoError } from '../errors.ts';
import type { Reader } from '../kv/view.ts';
import { equal, type SortField } from '../order/index.ts';
import { type Collection, type CollectionIndex, ID_INDEX } from '../store/index.ts';
import { type Doc, isPlain, type Value } from '../values/index.ts';
import { boundsOf } from './bounds.ts';
import { planIndex, type Wanted } from './index-plan.ts';
import { implies } from './partial.ts';
import type { IndexPlan, Plan } from './plan.ts';

/** What a query asks for, as far as the choice of an index goes. */
export interface Query {
  filter: Doc;
  /** Without `$natural`. */
  sort: readonly SortField[] | null;
  /** An index's name or key, or `{ $natural: 1 | -1 }`. */
  hint?: Value;
  collation?: Doc | undefined;
  limited?: boolean;
}

/**
 * Chooses how to read: the index that fixes the most leading fields, gives the order, or both;
 * else the union of indexes for an `$or`; else the whole collection.
 * @throws MongoError 2 when the hinted index does not exist
 */
export function choose(c: Collection, view: Reader, query: Query): Plan {
  const natural = naturalHint(query.hint);
  if (natural) return { kind: 'collection', reverse: natural < 0, sorted: !query.sort };
  const forced = query.hint !== undefined && !isEmptyDoc(query.hint);
  const bounds = boundsOf(query.filter);
  const wanted = {
    bounds,
    sort: query.sort,
    collation: query.collation,
    limited: query.limited ?? false,
    forced,
  };
  let best: IndexPlan | undefined;
  for (const index of forced ? [hinted(c, view, query.hint)] : c.indexes) {
    if (!forced && !isReady(index, view)) continue;
    const partial = index.spec['partialFilterExpression'] as Doc | undefined;
    if (partial && (query.collation || !implies(bounds.conditions, partial))) continue;
    const plan = planIndex(index, wanted);
    if (plan?.kind === 'empty') return plan;
    if (plan && plan.score > (best?.score ?? (forced ? -Infinity : 0))) best = plan;
  }
  if (!forced && bounds.ors.length && !best?.fixed) {
    const union = planUnion(c, view, query, bounds.ors);
    if (union && !(best?.sorted && query.sort && query.limited)) return union;
  }
  return (
    best ??
    clustered(c, view, wanted) ?? { kind: 'collection', reverse: false, sorted: !query.sort }
  );
}

/** The whole of a clustered collection in the order of its cluster. */
function clustered(c: Collection, view: Reader, wanted: Wanted): Plan | null {
  const index = c.options['clusteredIndex'] === undefined ? undefined : c.index(ID_INDEX);
  if (!index || !isThere(index, view)) return null;
  return planIndex(index, { ...wanted, forced: true });
}

const isThere = (index: CollectionIndex, view: Reader): boolean =>
  !index.building && !index.inert && !index.unseenBy.has(view);

const isReady = (index: CollectionIndex, view: Reader): boolean =>
  !index.hidden && isThere(index, view);

const isEmptyDoc = (v: Value): boolean => isPlain(v) && !Object.keys(v).length;

function naturalHint(hint: Value): number {
  return isPlain(hint) && '$natural' in hint ? Number(hint['$natural']) : 0;
}

function hinted(c: Collection, view: Reader, hint: Value): CollectionIndex {
  const index = c.indexes.find((i) =>
    typeof hint === 'string' ? i.name === hint : equal(i.spec.key, hint),
  );
  if (index && isThere(index, view)) return index;
  throw new MongoError(
    2,
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

function planUnion(c: Collection, view: Reader, query: Query, ors: Doc[][]): Plan | undefined {
  for (const branches of ors) {
    const plans = branches.map((filter) =>
      choose(c, view, { filter, sort: null, collation: query.collation }),
    );
    if (plans.every((plan) => plan.kind !== 'collection'))
      return { kind: 'union', plans, sorted: !query.sort };
  }
  return undefined;
}
