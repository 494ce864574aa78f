import type { LineView } from '../../../src/contract/wire.ts';
import type { LineBody } from '../api/lines.ts';
import { text } from '../text/index.ts';
import { timeZones } from '../text/time.ts';
import { ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { CalendarField } from './calendar-field.tsx';
import { Exceptions } from './exceptions.tsx';
import { HoursEditor } from './hours.tsx';
import type { FormState } from '../ui/use-form.ts';

const words = text.settings.lines;

/** When people are there, and what happens when they are not. */
export function LineHours({ form, line }: { form: FormState<LineBody>; line: LineView | null }) {
  const { value, set, error } = form;
  const always = Object.keys(value.hours).length === 0;
  return (
    <>
      <SelectField
        label={words.zone}
        value={value.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        problem={problemOf(error, 'timeZone')}
        options={[...new Set([value.timeZone, ...timeZones()])].map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
      />
      <HoursEditor value={value.hours} onChange={(hours) => set({ hours })} />
      <Exceptions
        value={value.exceptions ?? {}}
        problem={problemOf(error, 'exceptions')}
        onChange={(exceptions) => set({ exceptions })}
      />
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
      <CalendarField
        now={line?.calendar ?? null}
        given={value.calendar}
        problem={
          problemOf(error, 'calendar') ?? problemOf(error, 'url') ?? problemOf(error, 'ical')
        }
        onChange={(calendar) => set({ calendar })}
      />
      {(!always || value.holidays.length > 0 || Object.keys(value.exceptions ?? {}).length > 0) && (
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
      )}
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
  );
}
