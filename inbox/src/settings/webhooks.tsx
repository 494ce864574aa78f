import { useState } from 'preact/hooks';
import type { WebhookView } from '../../../src/contract/wire.ts';
import {
  changeWebhook,
  createWebhook,
  listWebhookCalls,
  listWebhooks,
  pingWebhook,
  removeWebhook,
  replayWebhookCall,
} from '../api/operations.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button, CopyButton } from '../ui/button.tsx';
import { CreateDialog } from '../ui/create-dialog.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { Relative } from '../ui/time.tsx';
import { useLoad } from '../ui/use-load.ts';
import { SectionHead } from './section-head.tsx';
import { useForm } from '../ui/use-form.ts';

const words = text.settings.webhooks;

function NewWebhookDialog(props: { onClose: () => void; onMade: (webhook: WebhookView) => void }) {
  const form = useForm({ url: '', events: '' });
  return (
    <CreateDialog
      title={words.add}
      form={form}
      create={({ url, events }) =>
        createWebhook({
          url: url.trim(),
          events: events.split(/[\s,]+/u).filter(Boolean),
        })
      }
      onMade={props.onMade}
      onClose={props.onClose}
    >
      <TextField
        label={words.url}
        type="url"
        value={form.value.url}
        onChange={(url) => form.set({ url })}
        problem={problemOf(form.error, 'url')}
        placeholder="https://"
        required
      />
      <TextField
        label={words.events}
        value={form.value.events}
        onChange={(events) => form.set({ events })}
        help={words.eventsHelp}
        problem={problemOf(form.error, 'events')}
        optional
      />
      {form.error && <Problem error={form.error} />}
    </CreateDialog>
  );
}

function CallsDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const loaded = useLoad(() => listWebhookCalls(webhook.id), webhook.id);
  const replay = async (id: string) => {
    await attempt(replayWebhookCall(webhook.id, id));
    loaded.again();
  };
  return (
    <Dialog title={words.calls} wide onClose={onClose}>
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {!loaded.value && !loaded.error && <Loading />}
      {loaded.value?.items.length === 0 && <p class="muted">{words.noCalls}</p>}
      <ul class="decisions">
        {loaded.value?.items.map((call) => (
          <li key={call.id} class="row">
            <span class="grow">
              <strong>{call.event}</strong>{' '}
              <span
                class={
                  call.state === 'sent'
                    ? 'chip good'
                    : call.state === 'failed'
                      ? 'chip bad'
                      : 'chip'
                }
              >
                {call.status ?? call.state}
              </span>
              <div class="muted small-text">
                {call.detail} · <Relative at={call.at} />
              </div>
            </span>
            <Button small icon="again" onClick={() => void replay(call.id)}>
              {words.replay}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Addresses of other systems that hear what happens here. */
export function WebhooksSection() {
  const loaded = useLoad(listWebhooks, 'webhooks');
  const [open, setOpen] = useState<'new' | null>(null);
  const [made, setMade] = useState<WebhookView | null>(null);
  const [calls, setCalls] = useState<WebhookView | null>(null);
  const [removing, setRemoving] = useState<WebhookView | null>(null);
  const then = async (work: Promise<unknown>) => {
    await attempt(work);
    loaded.again();
  };
  return (
    <>
      <SectionHead title={text.settings.nav.webhooks} intro={words.intro}>
        <Button tone="primary" icon="plus" onClick={() => setOpen('new')}>
          {words.add}
        </Button>
      </SectionHead>
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {!loaded.value && !loaded.error && <Loading />}
      {loaded.value?.items.length === 0 && (
        <Empty icon="webhook" title={words.empty} help={words.emptyHelp} />
      )}
      {loaded.value && loaded.value.items.length > 0 && (
        <ul class="items">
          {loaded.value.items.map((webhook) => (
            <li key={webhook.id}>
              <div class="item-row">
                <span class="grow">
                  <strong class="clip">{webhook.url}</strong>
                  <br />
                  <span class="muted small-text">
                    {webhook.events.join(', ') || text.crm.all}
                    {webhook.lastStatus && ` · ${words.last(webhook.lastStatus)}`}
                  </span>
                </span>
                <span class={webhook.active ? 'chip good' : 'chip'}>
                  {webhook.active ? words.active : words.inactive}
                </span>
                <Button
                  small
                  onClick={async () => {
                    if ((await attempt(pingWebhook(webhook.id).then(() => true))) !== null)
                      tell('good', words.pinged);
                  }}
                >
                  {words.ping}
                </Button>
                <Button small onClick={() => setCalls(webhook)}>
                  {words.calls}
                </Button>
                <Button
                  small
                  onClick={() => void then(changeWebhook(webhook.id, { active: !webhook.active }))}
                >
                  {webhook.active ? words.turnOff : words.turnOn}
                </Button>
                <Button
                  small
                  tone="danger"
                  icon="trash"
                  label={text.act.remove}
                  onClick={() => setRemoving(webhook)}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      {open === 'new' && (
        <NewWebhookDialog
          onClose={() => setOpen(null)}
          onMade={(webhook) => {
            setOpen(null);
            setMade(webhook);
            loaded.again();
          }}
        />
      )}
      {made?.secret && (
        <Dialog title={words.secret} wide sticky onClose={() => setMade(null)}>
          <div class="snippet">
            <code>{made.secret}</code>
            <CopyButton value={made.secret} />
          </div>
        </Dialog>
      )}
      {calls && <CallsDialog webhook={calls} onClose={() => setCalls(null)} />}
      {removing && (
        <Confirm
          question={words.removeAsk}
          action={text.act.remove}
          onConfirm={() => void then(removeWebhook(removing.id))}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}
