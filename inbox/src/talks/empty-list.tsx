import { becomePresent } from '../app/rail.tsx';
import { to } from '../app/routes.ts';
import { channels, lines } from '../state/people.ts';
import type { ListChoice } from '../state/placing.ts';
import { scopeValue } from '../state/scope.ts';
import { can, me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/feedback.tsx';

/** An empty list says what to do next. */
export function EmptyList({ choice }: { choice: ListChoice }) {
  const words = text.talks.empty;
  if (choice.q || choice.tag || scopeValue(choice.scope))
    return <Empty icon="search" title={words.found} help={words.foundHelp} />;
  const fresh = can('channel.change') && channels.value !== null && channels.value.length === 0;
  if (fresh) {
    const noLine = lines.value?.length === 0;
    return (
      <Empty icon="plug" title={words.noChannel} help={words.noChannelHelp}>
        <a
          class="button primary"
          href={noLine ? to.settings('lines', 'new') : to.settings('channels', 'new')}
        >
          {noLine ? words.makeLine : words.makeChannel}
        </a>
      </Empty>
    );
  }
  const away = choice.tab === 'mine' && me.value?.presence !== 'online';
  return (
    <Empty
      icon={choice.tab === 'waiting' ? 'done' : 'inbox'}
      title={words[choice.tab]}
      help={away ? words.offline : words[`${choice.tab}Help`]}
    >
      {away && (
        <Button tone="primary" onClick={() => void becomePresent('online')}>
          {words.goOnline}
        </Button>
      )}
    </Empty>
  );
}
