import { useMemo, useState } from 'preact/hooks';
import type { ChannelTypeView, ChannelView, ConnectionView } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';
import {
  changeChannel,
  connectChannel,
  createChannel,
  pauseChannel,
  readChannel,
  removeChannel,
  testChannel,
} from '../api/lines.ts';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { lines, loadChannels, putChannel } from '../state/people.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button, CopyButton } from '../ui/button.tsx';
import { Confirm, Dialog } from '../ui/dialog.tsx';
import { NoteBox, Problem } from '../ui/feedback.tsx';
import { ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { Relative } from '../ui/time.tsx';
import { ChannelStatus } from './channel-status.tsx';
import { Embed } from './embed.tsx';
import { SchemaForm } from './schema-form.tsx';
import { configOf, fieldsOf } from './schema.ts';
import type { SchemaField } from './schema.ts';
import { SectionHead } from './section-head.tsx';

const words = text.settings.channels;

function SecretsDialog(props: {
  secrets: Record<string, string>;
  fields: readonly SchemaField[];
  onClose: () => void;
}) {
  const { secrets, fields, onClose } = props;
  return (
    <Dialog title={words.secretsTitle} wide sticky onClose={onClose}>
      <div class="stack">
        <p>{words.secretsHelp}</p>
        {Object.entries(secrets).map(([name, secret]) => (
          <div key={name}>
            <strong>{fields.find((field) => field.name === name)?.title ?? name}</strong>
            <div class="snippet">
              <code>{secret}</code>
              <CopyButton value={secret} />
            </div>
          </div>
        ))}
        <div class="actions">
          <Button tone="primary" onClick={onClose}>
            {text.act.done}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Standing({ channel }: { channel: ChannelView }) {
  return (
    <>
      <NoteBox
        tone={
          channel.status === 'connected'
            ? 'good'
            : channel.status === 'connecting'
              ? undefined
              : 'bad'
        }
      >
        {channel.detail || words.status[channel.status]}{' '}
        <span class="muted small-text">
          {channel.lastEventAt ? <Relative at={channel.lastEventAt} /> : words.noEvent}
        </span>
      </NoteBox>
      <details>
        <summary>{words.webhook}</summary>
        <p class="help">{words.webhookHelp}</p>
        <div class="snippet">
          <code>{channel.webhookUrl}</code>
          <CopyButton value={channel.webhookUrl} />
        </div>
      </details>
    </>
  );
}

/** One channel: name, line, the settings its kind asks for, a test of the connection before saving. */
export function ChannelForm({
  type,
  channel,
}: {
  type: ChannelTypeView;
  channel: ChannelView | null;
}) {
  const fields = useMemo(() => fieldsOf(type.schema), [type]);
  const [name, setName] = useState(channel?.name ?? type.title);
  const [lineId, setLineId] = useState(channel?.lineId ?? lines.value?.[0]?.id ?? '');
  const [role, setRole] = useState<'line' | 'desk'>(channel?.role ?? type.roles[0] ?? 'line');
  const [values, setValues] = useState<Record<string, unknown>>(channel?.config ?? {});
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState<'test' | 'save' | 'connect' | null>(null);
  const [tested, setTested] = useState<ConnectionView | null>(null);
  const [made, setMade] = useState<ChannelView | null>(null);
  const [removing, setRemoving] = useState(false);

  const line = channel && lines.value?.find(({ id }) => id === channel.lineId);
  const config = () => configOf(fields, values, channel?.config ?? null);
  const guarded = async <R,>(
    what: 'test' | 'save' | 'connect',
    work: () => Promise<R>,
  ): Promise<R | null> => {
    setBusy(what);
    setError(null);
    setTested(null);
    try {
      return await work();
    } catch (problem) {
      setError(asApiError(problem));
      return null;
    } finally {
      setBusy(null);
    }
  };
  const test = async () =>
    setTested(await guarded('test', () => testChannel(type.type, config(), channel?.id ?? null)));
  const connect = async (id: string) => {
    const standing = await guarded('connect', () => connectChannel(id));
    if (standing) setTested(standing);
    const fresh = await attempt(readChannel(id));
    if (fresh) putChannel(fresh);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const body = {
      name: name.trim(),
      lineId: role === 'line' ? lineId || null : null,
      role,
      config: config(),
    };
    if (channel) {
      const saved = await guarded('save', () => changeChannel(channel.id, body));
      if (!saved) return;
      putChannel(saved);
      setValues(saved.config);
      tell('good', text.saved);
      return;
    }
    const created = await guarded('save', () => createChannel({ type: type.type, ...body }));
    if (!created) return;
    putChannel(created);
    tell('good', words.created);
    await connect(created.id);
    if (created.secrets && Object.keys(created.secrets).length > 0) setMade(created);
    else navigate(to.settings('channels', created.id), true);
  };
  const remove = async () => {
    if (!channel || (await attempt(removeChannel(channel.id).then(() => true))) === null) return;
    await loadChannels();
    navigate(to.settings('channels'));
  };
  return (
    <>
      <SectionHead title={channel ? channel.name : type.title} intro={type.summary}>
        {channel && <ChannelStatus channel={channel} />}
      </SectionHead>
      <form class="form" onSubmit={(event) => void save(event)}>
        {channel && <Standing channel={channel} />}
        <TextField
          label={words.name}
          value={name}
          onChange={setName}
          help={words.nameHelp}
          problem={problemOf(error, 'name')}
          required
        />
        {type.roles.length > 1 && (
          <ChoiceField
            two
            label={words.role}
            value={role}
            onChange={setRole}
            options={type.roles.map((one) => ({ value: one, title: words.roles[one] }))}
          />
        )}
        {role === 'line' && (
          <SelectField
            label={words.line}
            value={lineId}
            onChange={setLineId}
            help={words.lineHelp}
            problem={problemOf(error, 'lineId')}
            options={(lines.value ?? []).map((line) => ({ value: line.id, label: line.name }))}
          />
        )}
        <SchemaForm
          fields={fields}
          values={values}
          error={error}
          onChange={(next) => {
            setValues(next);
            setTested(null);
          }}
        />
        {error && <Problem error={error} />}
        {tested && (
          <NoteBox
            tone={
              tested.status === 'connected'
                ? 'good'
                : tested.status === 'connecting'
                  ? 'warn'
                  : 'bad'
            }
          >
            {tested.detail}
          </NoteBox>
        )}
        <div class="actions">
          <Button type="submit" tone="primary" busy={busy === 'save'} disabled={busy !== null}>
            {channel ? text.act.save : words.create}
          </Button>
          <Button busy={busy === 'test'} disabled={busy !== null} onClick={() => void test()}>
            {busy === 'test' ? words.testing : words.test}
          </Button>
          {channel && channel.status !== 'connected' && (
            <Button busy={busy === 'connect'} onClick={() => void connect(channel.id)}>
              {words.connect}
            </Button>
          )}
          {channel && channel.status === 'connected' && (
            <Button
              onClick={async () => {
                await attempt(pauseChannel(channel.id));
                const fresh = await attempt(readChannel(channel.id));
                if (fresh) putChannel(fresh);
              }}
            >
              {words.pause}
            </Button>
          )}
          {channel && (
            <Button tone="danger" onClick={() => setRemoving(true)}>
              {words.remove}
            </Button>
          )}
        </div>
      </form>
      {line && type.widget && <Embed line={line} />}
      {made?.secrets && (
        <SecretsDialog
          secrets={made.secrets}
          fields={fields}
          onClose={() => navigate(to.settings('channels', made.id), true)}
        />
      )}
      {removing && (
        <Confirm
          question={words.removeAsk}
          action={words.remove}
          onConfirm={() => void remove()}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}
