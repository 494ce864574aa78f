import { useState } from 'preact/hooks';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { inputTime, presets } from '../text/when.ts';
import { Button } from './button.tsx';
import { MenuItem, MenuList, Popup } from './menu.tsx';

/** Chooses a time to come: one that people often mean, or any other. */
export function WhenPicker(props: {
  anchor: () => HTMLElement | null;
  title: string;
  help?: string;
  action: string;
  onPick: (at: Date) => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const now = new Date();
  return (
    <Popup anchor={props.anchor} label={props.title} role="dialog" onClose={props.onClose}>
      <div class="caption">{props.title}</div>
      <MenuList label={props.title}>
        {presets(now).map(({ label, at }) => (
          <MenuItem key={label} icon="clock" onPick={() => props.onPick(at)}>
            {label}
            <span class="detail">{dateTime(at.toISOString())}</span>
          </MenuItem>
        ))}
      </MenuList>
      <form
        class="menu-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed) props.onPick(new Date(typed));
        }}
      >
        <input
          class="input"
          type="datetime-local"
          aria-label={text.when.pick}
          required
          min={inputTime(now)}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" tone="primary">
          {props.action}
        </Button>
      </form>
      {props.help && <p class="help menu-help">{props.help}</p>}
    </Popup>
  );
}
