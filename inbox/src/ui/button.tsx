import type { ComponentChildren } from 'preact';
import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import { text } from '../text/index.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

interface ButtonProps {
  children?: ComponentChildren;
  icon?: IconName;
  /** Needed when there is an icon only. */
  label?: string;
  tone?: 'primary' | 'danger' | 'quiet';
  small?: boolean;
  busy?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  onClick?: (event: MouseEvent) => void;
  buttonRef?: Ref<HTMLButtonElement>;
  title?: string;
  expanded?: boolean;
  /** Names it for whoever looks for its place. */
  act?: string;
  class?: string;
}

/** The button. With an icon and no text it is square and says its `label` to readers and as a title. */
export function Button(props: ButtonProps) {
  const { children, icon, label, tone, small, busy, type = 'button' } = props;
  const classes = ['button', tone, small && 'small', !children && 'icon-only', props.class];
  return (
    <button
      ref={props.buttonRef}
      type={type}
      data-act={props.act}
      class={classes.filter(Boolean).join(' ')}
      disabled={props.disabled || busy}
      aria-label={label}
      aria-busy={busy}
      aria-expanded={props.expanded}
      title={props.title ?? (children ? undefined : label)}
      onClick={props.onClick}
    >
      {busy ? <span class="spinner" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** Copies a text and says so for a moment. */
export function CopyButton({ value, small }: { value: string; small?: boolean }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      copyOldWay(value);
    }
    setDone(true);
    setTimeout(() => setDone(false), 1800);
  };
  return (
    <Button small={small ?? true} icon={done ? 'check' : 'copy'} onClick={() => void copy()}>
      <span aria-live="polite">{done ? text.act.copied : text.act.copy}</span>
    </Button>
  );
}

/** Pages that are not served over TLS have no clipboard API. */
function copyOldWay(value: string): void {
  const area = document.createElement('textarea');
  area.value = value;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
