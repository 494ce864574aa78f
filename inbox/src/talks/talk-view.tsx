import { useEffect, useRef, useState } from 'preact/hooks';
import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { Composer } from '../composer/composer.tsx';
import { addFiles } from '../state/uploads.ts';
import { TalkPanel } from '../crm/talk-panel.tsx';
import { keep, kept } from '../state/keep.ts';
import type { Tab } from '../state/placing.ts';
import { writeDraft } from '../state/drafts.ts';
import { leaveThread, openThread, threadOf } from '../state/threads.ts';
import { text } from '../text/index.ts';
import { Loading, Problem } from '../ui/feedback.tsx';
import { ACTS } from './acts.ts';
import { MessageList } from './message-list.tsx';
import { OfferBanner } from './offers.tsx';
import { TalkHead } from './talk-head.tsx';
import type { ActOnTalk } from './talk-head.tsx';
import { Typing } from './typing.tsx';

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const roomForPanel = () => matchMedia('(min-width: 1121px)').matches;

/** Remembers whether the panel is open where there is room for it; elsewhere it opens only when asked. */
function usePanel(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => roomForPanel() && (kept('panel', isFlag) ?? true));
  return [
    open,
    (next) => {
      setOpen(next);
      if (roomForPanel()) keep('panel', next);
    },
  ];
}

/** Drops of files anywhere on the talk attach them. */
function useFileDrop(id: string): {
  over: boolean;
  handlers: Record<string, (event: DragEvent) => void>;
} {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  return {
    over,
    handlers: {
      onDragEnter: (event) => {
        if (!carries(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event) => {
        if (carries(event)) event.preventDefault();
      },
      onDragLeave: () => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      },
      onDrop: (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        addFiles(id, [...(event.dataTransfer?.files ?? [])]);
      },
    },
  };
}

/** One talk: its head, its messages, the composer, the panel. */
export function TalkView({ id, tab }: { id: string; tab: Tab }) {
  const thread = threadOf(id);
  const [panel, setPanel] = usePanel();
  const drop = useFileDrop(id);
  const writer = useRef<HTMLTextAreaElement>(null);
  const act = useRef<ActOnTalk>(null);
  useEffect(() => {
    void openThread(id);
    return () => leaveThread(id);
  }, [id]);
  const write = (mode: 'reply' | 'note') => {
    writeDraft(id, { mode });
    writer.current?.focus();
  };
  useShortcuts({
    r: () => write('reply'),
    n: () => write('note'),
    ...Object.fromEntries(
      ACTS.flatMap(({ name, key }) => (key ? [[key, () => act.current?.(name)]] : [])),
    ),
    i: () => setPanel(!panel),
  });
  const detail = thread.detail.value;
  const error = thread.error.value;
  // Given to others, it may be out of sight.
  const gone = detail !== null && error?.code === 'not_found';
  useEffect(() => {
    if (gone) navigate(to.inbox(tab));
  }, [gone]);
  if (!detail)
    return (
      <div class="pane-empty">
        {error ? <Problem error={error} retry={() => void openThread(id)} /> : <Loading />}
      </div>
    );
  return (
    <div class={panel ? 'talk' : 'talk no-panel'}>
      <section class="conversation" aria-label={detail.contact.name} {...drop.handlers}>
        <TalkHead
          talk={detail}
          act={act}
          panel={panel}
          onPanel={() => setPanel(!panel)}
          onBack={() => navigate(to.inbox(tab))}
        />
        <OfferBanner talk={detail} />
        <div class="messages">
          {drop.over && <div class="drop">{text.talks.dropHere}</div>}
          <MessageList thread={thread} detail={detail} onReply={() => writer.current?.focus()} />
        </div>
        {error && <Problem error={error} retry={() => void openThread(id)} />}
        <Typing id={id} />
        <Composer talk={detail} writer={writer} />
      </section>
      {panel && <TalkPanel talk={detail} onClose={() => setPanel(false)} />}
    </div>
  );
}
