import type { QueueName } from '../../../src/contract/wire.ts';
import type { LineBody } from '../api/lines.ts';
import { text } from '../text/index.ts';
import { ChoiceField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { Members } from './members.tsx';
import type { FormState } from '../ui/use-form.ts';

const words = text.settings.lines;
const QUEUES: readonly QueueName[] = ['evenly', 'strictly', 'least_busy', 'all'];
const numberOrNull = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

/** Who gets the next talk, how it is given, and how many somebody holds. */
export function LineGiving({ form }: { form: FormState<LineBody> }) {
  const { value, set, error } = form;
  const toAll = value.queue === 'all';
  const option = <T extends string>(one: T, [title, help]: readonly string[]) => ({
    value: one,
    title: title ?? one,
    ...(help ? { help } : {}),
  });
  return (
    <>
      <ChoiceField
        two
        label={words.queue}
        value={value.queue}
        onChange={(queue) => set({ queue })}
        options={QUEUES.map((queue) => option(queue, words.queues[queue]))}
      />
      <Members value={value.members} onChange={(members) => set({ members })} />
      {!toAll && (
        <ChoiceField
          two
          label={words.assign}
          value={value.assign ?? 'direct'}
          onChange={(assign) => set({ assign })}
          options={[option('direct', words.assigns.direct), option('offer', words.assigns.offer)]}
        />
      )}
      <div class="two">
        <TextField
          label={value.assign === 'offer' && !toAll ? words.offer : words.answerWithin}
          type="number"
          value={String(value.offerSeconds)}
          help={value.assign === 'offer' && !toAll ? words.offerHelp : words.answerWithinHelp}
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
      <ChoiceField
        three
        label={words.sticky}
        value={value.sticky ?? 'none'}
        onChange={(sticky) => set({ sticky })}
        options={(['none', 'last', 'owner'] as const).map((one) =>
          option(one, words.stickies[one]),
        )}
      />
      <h2>{words.limits}</h2>
      <TextField
        label={words.maxTalks}
        type="number"
        value={value.maxTalksPerOperator === null ? '' : String(value.maxTalksPerOperator)}
        help={words.maxTalksHelp}
        problem={problemOf(error, 'maxTalksPerOperator')}
        onChange={(typed) => set({ maxTalksPerOperator: numberOrNull(typed) })}
      />
      <ChoiceField
        two
        label={words.slots}
        value={value.counts ?? 'all'}
        onChange={(counts) => set({ counts })}
        options={[option('all', words.slot.all), option('awaiting', words.slot.awaiting)]}
      />
    </>
  );
}
