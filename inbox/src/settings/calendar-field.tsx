import { useState } from 'preact/hooks';
import type { HolidayCalendarView } from '../../../src/contract/wire.ts';
import type { CalendarBody } from '../api/lines.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { NoteBox } from '../ui/feedback.tsx';
import { Field, inputType } from '../ui/field.tsx';

const words = text.settings.lines.calendar;

function Standing({ calendar }: { calendar: HolidayCalendarView }) {
  const today = new Date().toISOString().slice(0, 10);
  const next = calendar.days.find(({ date }) => date >= today);
  return (
    <>
      {calendar.problem && <NoteBox tone="warn">{calendar.problem}</NoteBox>}
      <p class="help">
        {words.holds(calendar.days.length)}
        {calendar.fetchedAt && ` ${words.read(dateTime(calendar.fetchedAt))}`}
        {next && ` ${words.next(next.name, next.date)}`}
      </p>
    </>
  );
}

/** Holidays by an iCalendar: a feed that is read every day, or a file. */
export function CalendarField(props: {
  now: HolidayCalendarView | null;
  /** Undefined: left as it is. */
  given: CalendarBody | undefined;
  problem: string | null;
  onChange: (calendar: CalendarBody) => void;
}) {
  const { now, given } = props;
  const [file, setFile] = useState<string | null>(null);
  const url = given === undefined ? (now?.url ?? '') : given && 'url' in given ? given.url : '';
  const kept = given === undefined ? now : null;
  const readFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen.name);
    props.onChange({ ical: await chosen.text() });
  };
  return (
    <>
      <Field label={words.label} help={words.help} problem={props.problem} optional>
        {(ids) => (
          <div class="row wrap">
            <input
              {...ids}
              {...inputType('url')}
              class="input grow"
              placeholder="https://"
              value={url}
              onInput={(event) => {
                const typed = event.currentTarget.value.trim();
                setFile(null);
                props.onChange(typed === '' ? null : { url: typed });
              }}
            />
            <label class="button file-button">
              {words.file}
              <input
                type="file"
                accept=".ics,text/calendar"
                class="hidden-text"
                onChange={(event) => void readFile(event.currentTarget.files?.[0])}
              />
            </label>
            {(kept || given) && (
              <Button
                icon="trash"
                label={words.remove}
                onClick={() => {
                  setFile(null);
                  props.onChange(null);
                }}
              />
            )}
          </div>
        )}
      </Field>
      {file && <p class="help">{words.willRead(file)}</p>}
      {kept && <Standing calendar={kept} />}
    </>
  );
}
