import type { LineView } from '../../../src/contract/wire.ts';
import { changeLine, createLine, readOpen } from '../api/lines.ts';
import type { LineBody } from '../api/lines.ts';
import { can, session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { dateTime, ownZone } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/feedback.tsx';
import { CheckField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useLoad } from '../ui/use-load.ts';
import { Embed } from './embed.tsx';
import { LineFlows } from './line-flows.tsx';
import { LineGiving } from './line-giving.tsx';
import { LineHours } from './line-hours.tsx';
import { LineSignature } from './line-signature.tsx';
import { LineTargets } from './line-targets.tsx';
import { SectionHead } from './section-head.tsx';
import { useForm } from '../ui/use-form.ts';

const words = text.settings.lines;

const fresh = (): LineBody => ({
  name: '',
  queue: 'evenly',
  members: session.value ? [session.value.user.id] : [],
  timeZone: session.value?.company.timeZone ?? ownZone(),
  hours: {},
  holidays: [],
  offHours: { action: 'queue' },
  offerSeconds: 120,
  maxTalksPerOperator: null,
  autoLead: true,
  priority: 0,
  assign: 'direct',
  counts: 'all',
  sticky: 'none',
  ownerFollows: false,
  exceptions: {},
  flows: [],
  autoCloseMinutes: null,
  signature: { on: false, text: '' },
});
/** What this form sets; whatever else a line has stays as it is. */
const bodyOf = (line: LineView): LineBody => ({
  name: line.name,
  queue: line.queue,
  members: line.members,
  timeZone: line.timeZone,
  hours: line.hours,
  holidays: line.holidays,
  offHours: line.offHours,
  offerSeconds: line.offerSeconds,
  maxTalksPerOperator: line.maxTalksPerOperator,
  autoLead: line.autoLead,
  priority: line.priority,
  ...(line.assign ? { assign: line.assign } : {}),
  ...(line.counts ? { counts: line.counts } : {}),
  ...(line.sticky ? { sticky: line.sticky } : {}),
  ownerFollows: line.ownerFollows ?? false,
  ...(line.exceptions ? { exceptions: line.exceptions } : {}),
  ...(line.flows ? { flows: line.flows } : {}),
  ...(line.targets ? { targets: line.targets } : {}),
  ...(line.signature ? { signature: line.signature } : {}),
  ...(line.autoCloseMinutes === undefined ? {} : { autoCloseMinutes: line.autoCloseMinutes }),
});

function OpenNow({ line }: { line: LineView }) {
  const loaded = useLoad(
    () => readOpen(line.id),
    JSON.stringify([line.id, line.hours, line.timeZone, line.exceptions, line.holidays]),
  );
  if (!loaded.value) return null;
  const { open, nextChange } = loaded.value;
  return (
    <span class={open ? 'chip good' : 'chip warn'}>
      {open ? words.openNow : words.closedNow}
      {nextChange && ` ${words.until(dateTime(nextChange))}`}
    </span>
  );
}

/** Everything of a line, each setting explained where it stands. */
export function LineForm({
  line,
  onSaved,
}: {
  line: LineView | null;
  onSaved: (line: LineView) => void;
}) {
  const form = useForm<LineBody>(line ? bodyOf(line) : fresh());
  const { value, set, error } = form;
  const save = async (event: Event) => {
    event.preventDefault();
    const saved = await form.submit((body) =>
      line ? changeLine(line.id, body) : createLine(body),
    );
    if (saved) onSaved(saved);
  };
  return (
    <>
      <SectionHead title={line ? line.name : words.add}>
        {line && <OpenNow line={line} />}
      </SectionHead>
      <form class="form" onSubmit={(event) => void save(event)}>
        <TextField
          label={words.name}
          value={value.name}
          onChange={(name) => set({ name })}
          help={words.nameHelp}
          problem={problemOf(error, 'name')}
          required
        />
        <LineGiving form={form} />
        <h2>{words.hoursTitle}</h2>
        <LineHours form={form} line={line} />
        <LineFlows form={form} />
        <LineTargets form={form} />
        <LineSignature form={form} />
        <h2>{words.crm}</h2>
        <CheckField
          label={words.autoLead}
          help={words.autoLeadHelp}
          value={value.autoLead}
          onChange={(autoLead) => set({ autoLead })}
        />
        <CheckField
          label={words.ownerFollows}
          help={words.ownerFollowsHelp}
          value={value.ownerFollows ?? false}
          onChange={(ownerFollows) => set({ ownerFollows })}
        />
        {error && <Problem error={error} />}
        {can('line.change') && (
          <div class="actions">
            <Button
              type="submit"
              tone="primary"
              busy={form.busy}
              disabled={line !== null && !form.changed}
            >
              {line ? text.act.save : words.add}
            </Button>
          </div>
        )}
      </form>
      {line && <Embed line={line} />}
    </>
  );
}
