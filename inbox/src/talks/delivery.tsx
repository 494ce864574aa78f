import { useState } from 'preact/hooks';
import type { MessageView } from '../../../src/contract/wire.ts';
import { cancelDelivery, resendDelivery } from '../api/operations.ts';
import { countTroubles } from '../state/troubles.ts';
import { now } from '../state/clock.ts';
import { can } from '../state/session.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { relative } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';

type Delivery = NonNullable<MessageView['delivery']>;

const MARKS: Record<Delivery['state'], { icon: IconName; tone: string }> = {
  queued: { icon: 'clock', tone: '' },
  sending: { icon: 'clock', tone: '' },
  sent: { icon: 'check', tone: '' },
  delivered: { icon: 'checks', tone: '' },
  read: { icon: 'checks', tone: 'read' },
  failed: { icon: 'warning', tone: 'bad' },
  uncertain: { icon: 'warning', tone: 'warn' },
  canceled: { icon: 'cross', tone: '' },
};

/** How far an answer got. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { icon, tone } = MARKS[delivery.state];
  const label = text.talks.delivery[delivery.state];
  const waits = delivery.state === 'queued' && delivery.attempts > 0 && delivery.nextAt;
  return (
    <span class={tone} title={delivery.detail ? `${label}: ${delivery.detail}` : label}>
      <Icon name={icon} label={label} />
      {waits && <> {text.talks.delivery.again(relative(waits, now.value))}</>}
    </span>
  );
}

/** Why an answer did not arrive, and the way to send it again. */
export function DeliveryTrouble({ message }: { message: MessageView }) {
  const [busy, setBusy] = useState(false);
  const { delivery } = message;
  if (!delivery) return null;
  const words = text.talks.delivery;
  const act = async (work: Promise<unknown>) => {
    setBusy(true);
    await attempt(work);
    setBusy(false);
    void countTroubles();
  };
  const uncertain = delivery.state === 'uncertain';
  return (
    <div class={uncertain ? 'trouble warn' : 'trouble'}>
      <span class="grow">
        <strong>{words[delivery.state]}</strong>
        {delivery.detail && <>: {delivery.detail}</>}
        {uncertain && <div class="muted">{words.uncertainHelp}</div>}
      </span>
      {can('delivery.resend') && (
        <>
          <Button
            small
            icon="again"
            busy={busy}
            onClick={() => void act(resendDelivery(message.id))}
          >
            {words.resend}
          </Button>
          {uncertain && (
            <Button small tone="quiet" onClick={() => void act(cancelDelivery(message.id))}>
              {words.cancel}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
