import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/http.ts';
import { text } from '../text/index.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

/** Nothing here: what it is and what to do next. */
export function Empty(props: {
  icon: IconName;
  title: string;
  help?: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={props.icon} />
      <h2>{props.title}</h2>
      {props.help && <p>{props.help}</p>}
      {props.children && <div class="row wrap">{props.children}</div>}
    </div>
  );
}

/** Something went wrong: what, and how to mend it. */
export function Problem({ error, retry }: { error: ApiError; retry?: () => void }) {
  return (
    <div class="note-box bad" role="alert">
      <Icon name="warning" />
      <div class="grow">
        <p>{error.message}</p>
        {error.hint && <p>{error.hint}</p>}
      </div>
      {retry && (
        <Button small onClick={retry}>
          {text.act.retry}
        </Button>
      )}
    </div>
  );
}

/** A sentence worth noticing. */
export function NoteBox(props: { tone?: 'bad' | 'warn' | 'good'; children: ComponentChildren }) {
  const icon = props.tone === 'good' ? 'done' : props.tone ? 'warning' : 'info';
  return (
    <div class={`note-box ${props.tone ?? ''}`}>
      <Icon name={icon} />
      <div class="grow">{props.children}</div>
    </div>
  );
}

/** Work that takes a moment. */
export function Loading() {
  return (
    <div class="loading" role="status">
      <span class="spinner" />
      <span class="hidden-text">{text.loading}</span>
    </div>
  );
}
