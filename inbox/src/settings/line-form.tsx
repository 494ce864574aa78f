import type { LineView, QueueName } from '../../../src/contract/wire.ts';
import { changeLine, createLine, readOpen } from '../api/lines.ts';
import type { LineBody } from '../api/lines.ts';
import { can, session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { dateTime, ownZone, timeZones } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/feedback.tsx';
import { CheckField, ChoiceField, SelectField, TextField, problemOf } from '../ui/field.tsx';
import { useLoad } from '../ui/use-load.ts';
import { Embed } from './embed.tsx';
import { HoursEditor } from './hours.tsx';
import { Members } from './members.tsx';
import { SectionHead } from './section-head.tsx';
import { useForm } from './use-form.ts';

const words = text.settings.lines;
const QUEUES: readonly QueueName[] = ['evenly', 'strictly', 'least_busy', 'all'];

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
});

function OpenNow({ line }: { line: LineView }) {
  const loaded = useLoad(
    () => readOpen(line.id),
    `${line.id}${JSON.stringify(line.hours)}${line.timeZone}`,
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

const numberOrNull = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

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
  const zones = timeZones();
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
        <ChoiceField
          two
          label={words.queue}
          value={value.queue}
          onChange={(queue) => set({ queue })}
          options={QUEUES.map((queue) => ({
            value: queue,
            title: words.queues[queue][0] ?? queue,
            help: words.queues[queue][1],
          }))}
        />
        <Members value={value.members} onChange={(members) => set({ members })} />
        <SelectField
          label={words.zone}
          value={value.timeZone}
          onChange={(timeZone) => set({ timeZone })}
          problem={problemOf(error, 'timeZone')}
          options={[...new Set([value.timeZone, ...zones])].map((zone) => ({
            value: zone,
            label: zone.replaceAll('_', ' '),
          }))}
        />
        <HoursEditor value={value.hours} onChange={(hours) => set({ hours })} />
        {Object.keys(value.hours).length > 0 && (
          <>
            <TextField
              label={words.holidays}
              multiline
              value={value.holidays.join('\n')}
              help={words.holidaysHelp}
              problem={problemOf(error, 'holidays')}
              onChange={(typed) =>
                set({
                  holidays: typed
                    .split('\n')
                    .map((day) => day.trim())
                    .filter(Boolean),
                })
              }
            />
            <ChoiceField
              two
              label={words.offHours}
              value={value.offHours.action}
              onChange={(action) => set({ offHours: { ...value.offHours, action } })}
              options={[
                { value: 'queue', title: words.offQueue[0] ?? '', help: words.offQueue[1] },
                { value: 'text', title: words.offText[0] ?? '', help: words.offText[1] },
              ]}
            />
            {value.offHours.action === 'text' && (
              <TextField
                label={words.offTextLabel}
                multiline
                value={value.offHours.text ?? ''}
                problem={problemOf(error, 'offHours.text')}
                onChange={(typed) => set({ offHours: { action: 'text', text: typed } })}
                required
              />
            )}
          </>
        )}
        <h2>{words.limits}</h2>
        <TextField
          label={words.maxTalks}
          type="number"
          value={value.maxTalksPerOperator === null ? '' : String(value.maxTalksPerOperator)}
          help={words.maxTalksHelp}
          problem={problemOf(error, 'maxTalksPerOperator')}
          onChange={(typed) => set({ maxTalksPerOperator: numberOrNull(typed) })}
        />
        <div class="two">
          <TextField
            label={words.offer}
            type="number"
            value={String(value.offerSeconds)}
            help={words.offerHelp}
            problem={problemOf(error, 'offerSeconds')}
            onChange={(typed) => set({ offerSeconds: Number(typed) })}
          />
          <TextField
            label={words.priority}
            type="number"
            value={String(value.priority)}
            help={words.priorityHelp}
            problem={problemOf(error, 'priority')}
            onChange={(typed) => set({ priority: Number(typed) })}
          />
        </div>
        <CheckField
          label={words.autoLead}
          help={words.autoLeadHelp}
          value={value.autoLead}
          onChange={(autoLead) => set({ autoLead })}
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
