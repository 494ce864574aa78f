import type { AwayView } from '../../../src/contract/wire.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { nearTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { becomePresent } from './rail.tsx';

const words = text.away;

function sentence({ kind, since, until }: AwayView): string {
  if (kind === 'idle') return words.mine.idle(since ? nearTime(since) : '');
  if (kind === 'absent') return words.mine.absent(until ? nearTime(until) : '');
  if (kind === 'off_hours') return words.mine.off_hours(until && nearTime(until));
  return words.mine.disconnected;
}

/** Says to the reader that they are online and get no talks all the same, with the way back. */
export function AwayNotice() {
  const user = me.value;
  if (!user?.away || user.presence !== 'online') return null;
  const { away } = user;
  const offDuty = away.kind === 'absent' || away.kind === 'off_hours';
  return (
    <div class="away-notice" role="status">
      {sentence(away)}
      <Button small onClick={() => void becomePresent('online', offDuty)}>
        {offDuty ? words.workNow : words.back}
      </Button>
    </div>
  );
}
