import type { HoursView, WeekDay } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField } from '../ui/field.tsx';

const words = text.settings.lines;
const DAYS: readonly WeekDay[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WORK_DAYS: readonly WeekDay[] = DAYS.slice(0, 5);
const USUAL: [string, string] = ['09:00', '18:00'];

/** The next interval of a day begins an hour after the last one ends. */
function nextInterval(intervals: readonly [string, string][]): [string, string] {
  const end = intervals.at(-1)?.[1];
  if (!end) return USUAL;
  const hour = Math.min(22, Number(end.slice(0, 2)) + 1);
  return [
    `${String(hour).padStart(2, '0')}:00`,
    `${String(Math.min(23, hour + 4)).padStart(2, '0')}:00`,
  ];
}

/** Working hours by week day: several intervals a day, past midnight too. */
export function HoursEditor({
  value,
  onChange,
}: {
  value: HoursView;
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
        label={words.hours}
        value={always ? 'always' : 'hours'}
        options={[
          { value: 'always', title: words.always },
          { value: 'hours', title: words.byHours },
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
              <div key={`${day}i`} class="intervals">
                {intervals.length === 0 && <span class="muted">{words.closedDay}</span>}
                {intervals.map(([from, until], index) => {
                  const change = (interval: [string, string]) =>
                    setDay(
                      day,
                      intervals.map((one, at) => (at === index ? interval : one)),
                    );
                  const name = `${words.days[day]} ${index + 1}`;
                  return (
                    <span key={index} class="interval">
                      <input
                        type="time"
                        required
                        aria-label={`${name}, ${words.from}`}
                        value={from}
                        onChange={(event) => change([event.currentTarget.value || from, until])}
                      />
                      –
                      <input
                        type="time"
                        required
                        aria-label={`${name}, ${words.to}`}
                        value={until === '24:00' ? '00:00' : until}
                        onChange={(event) => change([from, event.currentTarget.value || until])}
                      />
                      <Button
                        small
                        tone="quiet"
                        icon="cross"
                        label={`${text.act.remove} ${name}`}
                        onClick={() =>
                          setDay(
                            day,
                            intervals.filter((_, at) => at !== index),
                          )
                        }
                      />
                    </span>
                  );
                })}
                <Button
                  small
                  tone="quiet"
                  icon="plus"
                  label={`${words.addHours}: ${words.days[day]}`}
                  onClick={() => setDay(day, [...intervals, nextInterval(intervals)])}
                />
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
              </div>,
            ];
          })}
        </div>
      )}
      {!always && <p class="help">{words.hoursHelp}</p>}
    </>
  );
}
