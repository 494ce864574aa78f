import '../styles/flows.css';
import type { FlowView } from '../../../src/contract/wire.ts';
import { listFlows, readFlow } from '../api/flows.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { SectionHead } from '../settings/section-head.tsx';
import { can } from '../state/session.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLoad } from '../ui/use-load.ts';
import { FlowChips } from './flow-chips.tsx';
import { FlowEditor } from './flow-editor.tsx';
import { NewFlow } from './new-flow.tsx';
import { unsaved } from './unsaved.ts';

const words = text.flows;

function FlowRow({ flow }: { flow: FlowView }) {
  const names = flow.lines.map(({ name }) => name).join(', ');
  return (
    <li>
      <a class="item-row" href={to.settings('flows', flow.id)}>
        <span class="grow">
          <strong>{flow.name}</strong>
          <br />
          <span class="muted small-text">
            {words.begin[flow.draft.begins][0]} ·{' '}
            {names ? words.state.onLines(names) : words.state.noLines}
          </span>
        </span>
        {unsaved.value.has(flow.id) && <span class="chip warn">{words.state.unsaved}</span>}
        <FlowChips flow={flow} />
        <Icon name="forward" />
      </a>
    </li>
  );
}

function FlowList() {
  const loaded = useLoad(listFlows, 'flows');
  const all = loaded.value?.items;
  return (
    <>
      <SectionHead title={text.settings.nav.flows} intro={words.intro}>
        {can('flow.change') && (
          <a class="button primary" href={to.settings('flows', 'new')}>
            <Icon name="plus" />
            {words.add}
          </a>
        )}
      </SectionHead>
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {!all && !loaded.error && <Loading />}
      {all?.length === 0 && <Empty icon="command" title={words.empty} help={words.emptyHelp} />}
      {all && all.length > 0 && (
        <ul class="items">
          {all.map((flow) => (
            <FlowRow key={flow.id} flow={flow} />
          ))}
        </ul>
      )}
    </>
  );
}

function OneFlow({ id }: { id: string }) {
  const loaded = useLoad(() => readFlow(id), id);
  if (loaded.error) return <Problem error={loaded.error} retry={loaded.again} />;
  if (!loaded.value) return <Loading />;
  return <FlowEditor key={id} flow={loaded.value} onChanged={loaded.set} />;
}

/** Flows that administrators compose: all of them, one, or a new one. */
export function FlowsSection({ id }: { id: string | null }) {
  if (id === null) return <FlowList />;
  if (id !== 'new') return <OneFlow id={id} />;
  return (
    <NewFlow
      onMade={(flow) => {
        tell('good', words.created);
        navigate(to.settings('flows', flow.id), true);
      }}
    />
  );
}
