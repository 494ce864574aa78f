import { useState } from 'preact/hooks';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { TABS, choiceOf } from '../state/placing.ts';
import type { Tab } from '../state/placing.ts';
import { talkScope } from '../state/scope.ts';
import type { Scope } from '../api/scope.ts';
import { text } from '../text/index.ts';
import { Empty } from '../ui/feedback.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { KINDS, TalkList } from './talk-list.tsx';
import { TalkView } from './talk-view.tsx';

/** Waiting talks are nobody's, and mine are mine: of a choice of people only all remain. */
const lineOnly = ({ lineId }: Scope): Scope => (lineId ? { lineId } : {});

/** The inbox: the list of talks, and the one that is open. */
export function InboxPage({ tab, id }: { tab: Tab; id: string | null }) {
  const scope = KINDS[tab].includes('owner') ? talkScope.value : lineOnly(talkScope.value);
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
        choice={{ tab, scope, ...choiceOf(asked) }}
        selected={id}
        q={q}
        onSearch={setQ}
        onScope={(next) => {
          talkScope.value = next;
        }}
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
