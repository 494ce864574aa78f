import type { FlowTypeView, LineFlowView } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { listFlowTypes } from '../api/lines.ts';
import type { LineBody } from '../api/lines.ts';
import type { ApiError } from '../api/http.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Loading, Problem } from '../ui/feedback.tsx';
import { useLoad } from '../ui/use-load.ts';
import { SchemaForm } from './schema-form.tsx';
import { configOf, fieldsOf } from './schema.ts';
import type { SchemaField } from './schema.ts';
import type { FormState } from '../ui/use-form.ts';

const words = text.settings.lines.flows;

/** What works as it is can be left alone: it is folded away. */
const folded = (fields: readonly SchemaField[]): SchemaField[] =>
  fields.map((field) =>
    field.initial === undefined || field.kind === 'choices' || field.kind === 'flag'
      ? field
      : { ...field, advanced: true },
  );

function FlowItem(props: {
  type: FlowTypeView;
  flow: LineFlowView | null;
  /** Only a refusal of this flow's own settings. */
  error: ApiError | null;
  first: boolean;
  last: boolean;
  onSwitch: (on: boolean) => void;
  onConfig: (config: Record<string, unknown>) => void;
  onMove: (step: 1 | -1) => void;
}) {
  const { type, flow } = props;
  const fields = fieldsOf(type.schema);
  return (
    <li class="flow">
      <div class="row">
        <label class="check grow">
          <input
            type="checkbox"
            checked={flow !== null}
            onChange={(event) => props.onSwitch(event.currentTarget.checked)}
          />
          <span>
            <strong>{type.title}</strong> <span class="chip">{words.begins[type.begins]}</span>{' '}
            {type.composed && <span class="chip accent">{words.own}</span>}
            <span class="help block">{type.summary}</span>
          </span>
        </label>
        {flow && (
          <>
            <Button
              small
              tone="quiet"
              icon="up"
              label={words.up(type.title)}
              disabled={props.first}
              onClick={() => props.onMove(-1)}
            />
            <Button
              small
              tone="quiet"
              icon="down"
              label={words.down(type.title)}
              disabled={props.last}
              onClick={() => props.onMove(1)}
            />
          </>
        )}
      </div>
      {type.composed && can('flow.read') && (
        <p class="flow-form">
          <a href={to.settings('flows', type.name)}>{words.openFlow}</a>
        </p>
      )}
      {flow && fields.length > 0 && (
        <div class="form flow-form">
          <SchemaForm
            fields={folded(fields)}
            values={flow.config}
            error={props.error}
            onChange={(values) => props.onConfig(configOf(fields, values, null))}
          />
        </div>
      )}
    </li>
  );
}

/** What the line says and asks by itself: which flows, in which order, with which settings. */
export function LineFlows({ form }: { form: FormState<LineBody> }) {
  const loaded = useLoad(listFlowTypes, 'flow-types');
  const flows = form.value.flows ?? [];
  const set = (next: LineFlowView[]) => form.set({ flows: next });
  const types = loaded.value?.items ?? [];
  const on = flows.flatMap((flow) => types.find(({ name }) => name === flow.name) ?? []);
  const off = types.filter(({ name }) => !flows.some((flow) => flow.name === name));
  const errorOf = (index: number) =>
    form.error?.field?.startsWith(`flows.${index}.`) ? form.error : null;
  const move = (index: number, step: 1 | -1) => {
    const next = [...flows];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index + step, 0, moved);
    set(next);
  };
  return (
    <>
      <h2>{words.title}</h2>
      <p class="help">{words.help}</p>
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {!loaded.value && !loaded.error && <Loading />}
      <ol class="items">
        {[...on, ...off].map((type) => {
          const index = flows.findIndex(({ name }) => name === type.name);
          return (
            <FlowItem
              key={type.name}
              type={type}
              flow={flows[index] ?? null}
              error={index < 0 ? null : errorOf(index)}
              first={index === 0}
              last={index === flows.length - 1}
              onSwitch={(wanted) =>
                set(
                  wanted
                    ? [...flows, { name: type.name, config: {} }]
                    : flows.filter(({ name }) => name !== type.name),
                )
              }
              onConfig={(config) =>
                set(flows.map((one, at) => (at === index ? { ...one, config } : one)))
              }
              onMove={(step) => move(index, step)}
            />
          );
        })}
      </ol>
      {can('flow.change') && (
        <p>
          <a href={to.settings('flows', 'new')}>{words.compose}</a>
        </p>
      )}
    </>
  );
}
