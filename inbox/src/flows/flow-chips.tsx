import type { FlowView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';

const words = text.flows.state;

/** Where a flow stands: what talks get of it, and whether its draft is another. */
export function FlowChips({ flow }: { flow: FlowView }) {
  const { published, changed } = flow;
  return (
    <>
      <span class={published ? 'chip good' : 'chip'}>
        {published ? words.version(published.number) : words.never}
      </span>
      {published && changed && <span class="chip warn">{words.changed}</span>}
    </>
  );
}
