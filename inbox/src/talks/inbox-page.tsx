import { useState } from 'preact/hooks';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { TABS, choiceOf } from '../state/placing.ts';
import type { Tab } from '../state/placing.ts';
import { text } from '../text/index.ts';
import { Empty } from '../ui/feedback.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { TalkList } from './talk-list.tsx';
import { TalkView } from './talk-view.tsx';

/** The inbox: the list of talks, and the one that is open. */
export function InboxPage({ tab, id }: { tab: Tab; id: string | null }) {
  const [lineId, setLineId] = useState<string | null>(null);
  const [q, setQ] = useState('');
  const asked = useDebounced(q.trim(), 200);
  useShortcuts({
    ...Object.fromEntries(
      TABS.map((one, index) => [String(index + 1), () => navigate(to.inbox(one))]),
    ),
    Escape: () => (id ? navigate(to.inbox(tab)) : false),
  });
  return (
    <div class={id ? 'inbox has-talk' : 'inbox'}>
      <TalkList
        choice={{ tab, lineId, ...choiceOf(asked) }}
        selected={id}
        q={q}
        onSearch={setQ}
        onLine={setLineId}
      />
      {id ? (
        <TalkView key={id} id={id} tab={tab} />
      ) : (
        <div class="pane-empty">
          <Empty icon="chat" title={text.talks.empty.pick} help={text.talks.empty.pickHelp} />
        </div>
      )}
    </div>
  );
}
