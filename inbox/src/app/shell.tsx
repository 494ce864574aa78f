import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { countInTitle } from '../live/alerts.ts';
import { follow } from '../live/follow.ts';
import { followPush } from '../live/push.ts';
import { link } from '../live/socket.ts';
import { DealsPage } from '../crm/deals-page.tsx';
import { ContactsPage } from '../crm/contacts-page.tsx';
import { LeadsPage } from '../crm/leads-page.tsx';
import { outbox, pumpAll } from '../state/outbox.ts';
import {
  loadChannelTypes,
  loadChannels,
  loadDepartments,
  loadLines,
  loadUsers,
} from '../state/people.ts';
import { forgetAttention } from '../state/attention.ts';
import { forgetDrafts } from '../state/drafts.ts';
import { EVERYBODY, talkScope } from '../state/scope.ts';
import { forgetTalks } from '../state/talks.ts';
import { forgetThreads } from '../state/threads.ts';
import { InboxPage } from '../talks/inbox-page.tsx';
import { text } from '../text/index.ts';
import { TroublesPage } from '../troubles/troubles-page.tsx';
import { lazyPart } from '../ui/lazy.tsx';
import { AwayNotice } from './away-notice.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { navigate, setNavigate } from './navigate.ts';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { placeOf, to } from './routes.ts';
import type { Place, Section } from './routes.ts';
import { useShortcuts } from './shortcuts.ts';

const SettingsPage = lazyPart<{ section: Section | null; id: string | null }>(async () => {
  const { SettingsPage: page } = await import('../settings/settings-page.tsx');
  return page;
});

const BoardPage = lazyPart(async () => {
  const { BoardPage: page } = await import('../board/board-page.tsx');
  return page;
});

function Screen({ place }: { place: Place }) {
  if (place.at === 'inbox') return <InboxPage tab={place.tab} id={place.id} />;
  if (place.at === 'contacts') return <ContactsPage id={place.id} />;
  if (place.at === 'leads') return <LeadsPage id={place.id} />;
  if (place.at === 'deals') return <DealsPage id={place.id} />;
  if (place.at === 'board') return <BoardPage />;
  if (place.at === 'troubles') return <TroublesPage kind={place.kind} />;
  return <SettingsPage section={place.section} id={place.id} />;
}

/** Shown only once the link has been away for a moment: short hiccups are nobody's business. */
function LinkLost() {
  const [late, setLate] = useState(false);
  const lost = link.value === 'lost';
  useEffect(() => {
    setLate(false);
    if (!lost) return;
    const timer = setTimeout(() => setLate(true), 700);
    return () => clearTimeout(timer);
  }, [lost]);
  if (!late) return null;
  const waiting = outbox.value.length;
  return (
    <div class="link-lost" role="status">
      <span class="spinner" />
      {text.link.lost}
      {waiting > 0 && <span>· {text.link.waiting(waiting)}</span>}
    </div>
  );
}

/** The app of a signed-in person. */
export function Shell() {
  const { path, route } = useLocation();
  const place = placeOf(path);
  const [sheet, setSheet] = useState<'palette' | 'keys' | null>(null);
  useEffect(() => setNavigate(route), [route]);
  useEffect(() => {
    void loadUsers();
    void loadDepartments();
    void loadLines();
    void loadChannels();
    void loadChannelTypes();
    pumpAll();
    const stop = follow();
    const stopPush = followPush();
    const stopCounting = countInTitle();
    return () => {
      stop();
      stopPush();
      stopCounting();
      forgetTalks();
      forgetThreads();
      forgetDrafts();
      forgetAttention();
      talkScope.value = EVERYBODY;
    };
  }, []);
  useShortcuts({
    'ctrl+k': () => setSheet(sheet === 'palette' ? null : 'palette'),
    '?': () => setSheet('keys'),
    'alt+1': () => navigate(to.inbox('mine')),
    'alt+2': () => navigate(to.contacts()),
    'alt+3': () => navigate(to.leads()),
    'alt+4': () => navigate(to.deals()),
    'alt+5': () => navigate(to.board()),
  });
  // A talk fills a small screen: the bar at the bottom makes room.
  const inside = place.at === 'inbox' && place.id !== null;
  return (
    <div class={inside ? 'shell inside' : 'shell'}>
      <LinkLost />
      <AwayNotice />
      <Rail place={place} onKeys={() => setSheet('keys')} />
      <main class="main">
        <Screen place={place} />
      </main>
      {sheet === 'palette' && <Palette onClose={() => setSheet(null)} />}
      {sheet === 'keys' && <ShortcutSheet onClose={() => setSheet(null)} />}
    </div>
  );
}
