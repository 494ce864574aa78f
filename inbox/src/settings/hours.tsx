import type { HoursView, WeekDay } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField } from '../ui/field.tsx';
import { Intervals, USUAL } from './intervals.tsx';

const words = text.settings.lines;
const DAYS: readonly WeekDay[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WORK_DAYS: readonly WeekDay[] = DAYS.slice(0, 5);

/** What the editor says; by default, of a line. */
const OF_LINES = {
  label: words.hours,
  always: words.always,
  set: words.byHours,
  help: words.hoursHelp,
  none: words.closedDay,
};

/** Working hours by week day: several intervals a day, past midnight too. */
export function HoursEditor({
  value,
  words: said = OF_LINES,
  onChange,
}: {
  value: HoursView;
  words?: typeof OF_LINES;
  onChange: (hours: HoursView) => void;
}) {
  const always = Object.keys(value).length === 0;
  const setDay = (day: WeekDay, intervals: [string, string][]) => {
    const next: HoursView = { ...value, [day]: intervals };
    if (intervals.length === 0) delete next[day];
    // All days closed would read as always open.
    onChange(Object.keys(next).length === 0 ? { mon: [] } : next);
  };
  return (
    <>
      <ChoiceField
        two
        label={said.label}
        value={always ? 'always' : 'hours'}
        options={[
          { value: 'always', title: said.always },
          { value: 'hours', title: said.set },
        ]}
        onChange={(chosen) =>
          onChange(
            chosen === 'always' ? {} : Object.fromEntries(WORK_DAYS.map((day) => [day, [USUAL]])),
          )
        }
      />
      {!always && (
        <div class="hours">
          {DAYS.map((day) => {
            const intervals = value[day] ?? [];
            return [
              <span key={day} class="day-name">
                {words.days[day]}
              </span>,
              <Intervals
                key={`${day}i`}
                name={words.days[day]}
                value={intervals}
                none={said.none}
                onChange={(changed) => setDay(day, changed)}
              >
                {day === 'mon' && intervals.length > 0 && (
                  <Button
                    small
                    tone="quiet"
                    onClick={() =>
                      onChange({
                        ...value,
                        ...Object.fromEntries(WORK_DAYS.map((one) => [one, intervals])),
                      })
                    }
                  >
                    {words.copyDown}
                  </Button>
                )}
              </Intervals>,
            ];
          })}
        </div>
      )}
      {!always && <p class="help">{said.help}</p>}
    </>
  );
}
