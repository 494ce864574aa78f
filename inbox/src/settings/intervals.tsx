import type { ComponentChildren } from 'preact';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';

const words = text.settings.lines;
type Interval = [string, string];
/** The hours that a day begins with. */
export const USUAL: Interval = ['09:00', '18:00'];

/** The next interval of a day begins an hour after the last one ends. */
function nextInterval(intervals: readonly Interval[]): Interval {
  const end = intervals.at(-1)?.[1];
  if (!end) return USUAL;
  const hour = Math.min(22, Number(end.slice(0, 2)) + 1);
  return [
    `${String(hour).padStart(2, '0')}:00`,
    `${String(Math.min(23, hour + 4)).padStart(2, '0')}:00`,
  ];
}

/** The open hours of one day; none: closed. */
export function Intervals(props: {
  /** What day it is, for readers. */
  name: string;
  value: readonly Interval[];
  /** What a day without hours is called. */
  none?: string;
  onChange: (intervals: Interval[]) => void;
  children?: ComponentChildren;
}) {
  const { value, onChange } = props;
  return (
    <div class="intervals">
      {value.length === 0 && <span class="muted">{props.none ?? words.closedDay}</span>}
      {value.map(([from, until], index) => {
        const change = (interval: Interval) =>
          onChange(value.map((one, at) => (at === index ? interval : one)));
        const name = `${props.name} ${index + 1}`;
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
              onClick={() => onChange(value.filter((_, at) => at !== index))}
            />
          </span>
        );
      })}
      <Button
        small
        tone="quiet"
        icon="plus"
        label={`${words.addHours}: ${props.name}`}
        onClick={() => onChange([...value, nextInterval(value)])}
      />
      {props.children}
    </div>
  );
}
