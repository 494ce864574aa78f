import { sliceEnd } from '../../kv/turns.ts';
import type { Select, Selection } from '../../plan/index.ts';
import { eachRow } from '../../session/sources.ts';
import type { Collection } from '../../store/index.ts';
import type { Call } from '../call.ts';
import { select } from './select.ts';

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
