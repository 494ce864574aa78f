import { useState } from 'preact/hooks';
import type { FlowVersionView, FlowView } from '../../../src/contract/wire.ts';
import { listFlowVersions, publishFlow } from '../api/flows.ts';
import { tell, attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { usePages } from '../ui/use-pages.ts';
import { KIND_ICONS, nameOf, summaryOf } from './steps.ts';

const words = text.flows;

/** The steps of a version, to be looked at. */
function Outline({ version: { script } }: { version: FlowVersionView }) {
  const { steps } = script;
  return (
    <ol class="outline">
      {steps.map((step, at) => (
        <li key={step.id}>
          <span class="step-place">{at + 1}</span>
          <Icon name={KIND_ICONS[step.kind]} small />
          <span class="grow">
            <strong>{nameOf(step)}</strong>
            <span class="muted block-words">{summaryOf(steps, at)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What was published, newest first: to look at, and to bring back. */
export function Versions(props: {
  flow: FlowView;
  mayChange: boolean;
  onClose: () => void;
  onBroughtBack: (flow: FlowView) => void;
}) {
  const { flow } = props;
  const pages = usePages((cursor) => listFlowVersions(flow.id, cursor), flow.id);
  const [asking, setAsking] = useState<number | null>(null);
  const bringBack = async (from: number) => {
    const note = `${words.state.version(from)}`;
    const changed = await attempt(publishFlow(flow.id, { rev: flow.rev, from, note }));
    if (!changed) return;
    tell('good', words.published(changed.published?.number ?? 0));
    props.onBroughtBack(changed);
  };
  return (
    <Dialog title={`${words.versions}: ${flow.name}`} wide onClose={props.onClose}>
      {pages.error && <Problem error={pages.error} retry={pages.again} />}
      {pages.loading && pages.items.length === 0 && <Loading />}
      {!pages.loading && !pages.error && pages.items.length === 0 && (
        <Empty icon="clock" title={words.noVersions} />
      )}
      <ol class="items">
        {pages.items.map((version) => (
          <li key={version.number} class="version">
            <div class="row wrap">
              <strong>{words.state.version(version.number)}</strong>
              {version.number === flow.published?.number && (
                <span class="chip good">{words.newest}</span>
              )}
              <span class="muted grow">
                {dateTime(version.at)} · {version.by.name}
              </span>
              {props.mayChange && version.number !== flow.published?.number && (
                <Button small icon="again" onClick={() => setAsking(version.number)}>
                  {words.bringBack}
                </Button>
              )}
            </div>
            {version.note && <p>{version.note}</p>}
            <details>
              <summary>{words.steps}</summary>
              <Outline version={version} />
            </details>
          </li>
        ))}
      </ol>
      {pages.more && (
        <div class="more">
          <Button onClick={pages.next}>{text.act.more}</Button>
        </div>
      )}
      {asking !== null && (
        <Confirm
          question={words.bringBackAsk(asking)}
          action={words.bringBack}
          onConfirm={() => void bringBack(asking)}
          onClose={() => setAsking(null)}
        />
      )}
    </Dialog>
  );
}
