import { useEffect, useState } from 'preact/hooks';
import type { DeviceView, UserView } from '../../../src/contract/wire.ts';
import { changeUser, forgetDevice, listDevices, testDevice } from '../api/people.ts';
import { thisDevice } from '../live/device.ts';
import { pushOn, pushPossible, turnPushOff, turnPushOn } from '../live/push.ts';
import { session } from '../state/session.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Problem } from '../ui/feedback.tsx';
import { CheckField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Relative } from '../ui/time.tsx';
import { useLoad } from '../ui/use-load.ts';

const words = text.devices;

function Row(props: { device: DeviceView; onForget: () => void }) {
  const { device } = props;
  const mine = device.key === thisDevice().key;
  return (
    <li class="item-row">
      <Icon name={device.kind === 'phone' ? 'phone' : 'panel'} />
      <span class="grow">
        <strong>{device.name}</strong>
        {mine && <span class="muted"> ({words.this})</span>}
        <br />
        <span class="muted small-text">
          {device.live ? words.now : <Relative at={device.seenAt} />}
        </span>
      </span>
      {device.push && <span class="chip good">{words.notices}</span>}
      <Button
        small
        onClick={props.onForget}
        label={`${words.forget} ${device.name}`}
        icon="trash"
      />
    </li>
  );
}

/** The reader's devices, and which of them are told what concerns the reader. */
export function Devices({ user }: { user: UserView }) {
  const loaded = useLoad(listDevices, 'devices');
  const [forgetting, setForgetting] = useState<DeviceView | null>(null);
  const [busy, setBusy] = useState(false);
  const on = pushOn.value;
  // What is true of notices is known only after the service worker was asked.
  useEffect(loaded.again, [on]);

  const turn = async (wanted: boolean) => {
    setBusy(true);
    const turned = await attempt(wanted ? turnPushOn() : turnPushOff());
    setBusy(false);
    if (turned === 'denied') tell('warn', words.denied);
    if (turned === 'failed') tell('bad', words.failed);
    loaded.again();
  };
  const phone = async (reachableByPhone: boolean) => {
    const saved = await attempt(changeUser(user.id, { reachableByPhone }));
    if (saved && session.value) session.value = { ...session.value, user: saved };
  };
  const forget = async (device: DeviceView) => {
    await attempt(forgetDevice(device.id));
    loaded.again();
  };
  const items = loaded.value?.items ?? [];
  const here = items.find(({ key }) => key === thisDevice().key);
  const test = async () => {
    if (!here) return;
    setBusy(true);
    const sent = await attempt(testDevice(here.id).then(() => true));
    setBusy(false);
    if (sent) tell('good', words.tested);
  };
  return (
    <section class="form" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p class="help">{words.help}</p>
      {pushPossible ? (
        <CheckField
          label={words.push}
          help={words.pushHelp}
          value={on}
          onChange={(wanted) => void turn(wanted)}
        />
      ) : (
        <p class="help">{words.impossible}</p>
      )}
      {on && (
        <div class="actions">
          <Button busy={busy} onClick={() => void test()}>
            {words.test}
          </Button>
        </div>
      )}
      <CheckField
        label={words.phone}
        help={words.phoneHelp}
        value={user.reachableByPhone ?? false}
        onChange={(wanted) => void phone(wanted)}
      />
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {loaded.value && items.length === 0 && <p class="muted">{words.none}</p>}
      {items.length > 0 && (
        <ul class="items">
          {items.map((device) => (
            <Row key={device.id} device={device} onForget={() => setForgetting(device)} />
          ))}
        </ul>
      )}
      {forgetting && (
        <Confirm
          question={words.forgetAsk}
          action={words.forget}
          onConfirm={() => void forget(forgetting)}
          onClose={() => setForgetting(null)}
        />
      )}
    </section>
  );
}
