import { useState } from 'preact/hooks';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Intervals } from './intervals.tsx';

const words = text.settings.lines;
type Days = Record<string, [string, string][]>;

/** Hours of single days, in place of the weekday's and of holidays. */
export function Exceptions(props: {
  value: Days;
  problem: string | null;
  onChange: (days: Days) => void;
}) {
  const [day, setDay] = useState('');
  const { value } = props;
  const days = Object.keys(value).sort();
  const without = (date: string): Days =>
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== date));
  return (
    <fieldset class="field">
      <legend class="label">{words.exceptions}</legend>
      <p class="help">{words.exceptionsHelp}</p>
      {days.length > 0 && (
        <div class="hours">
          {days.map((date) => [
            <span key={date} class="day-name">
              {date}
            </span>,
            <Intervals
              key={`${date}i`}
              name={date}
              value={value[date] ?? []}
              onChange={(intervals) => props.onChange({ ...value, [date]: intervals })}
            >
              <Button
                small
                tone="quiet"
                icon="trash"
                label={`${text.act.remove} ${date}`}
                onClick={() => props.onChange(without(date))}
              />
            </Intervals>,
          ])}
        </div>
      )}
      <div class="row">
        <input
          class="input date"
          type="date"
          aria-label={words.exceptionDay}
          value={day}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
        <Button
          icon="plus"
          disabled={day === '' || day in value}
          onClick={() => {
            props.onChange({ ...value, [day]: [] });
            setDay('');
          }}
        >
          {words.addException}
        </Button>
      </div>
      {props.problem && (
        <p class="problem" role="alert">
          {props.problem}
        </p>
      )}
    </fieldset>
  );
}
