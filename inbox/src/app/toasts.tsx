import { text } from '../text/index.ts';
import { dismiss, toasts } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { navigate } from './navigate.ts';
import { to } from './routes.ts';

/** What is told at the edge of the screen; read aloud politely. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, tone, title, text: more, conversationId, act }) => (
        <div key={id} class={`toast ${tone}`}>
          <div class="grow">
            <strong>{title}</strong>
            {more && <p>{more}</p>}
          </div>
          {act && (
            <Button
              small
              onClick={() => {
                dismiss(id);
                act.run();
              }}
            >
              {act.label}
            </Button>
          )}
          {conversationId && (
            <Button
              small
              onClick={() => {
                dismiss(id);
                navigate(to.inbox('open', conversationId));
              }}
            >
              {text.act.open}
            </Button>
          )}
          <Button
            icon="cross"
            label={text.act.dismiss}
            small
            tone="quiet"
            onClick={() => dismiss(id)}
          />
        </div>
      ))}
    </div>
  );
}
