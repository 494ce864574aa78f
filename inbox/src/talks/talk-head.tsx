import type { RefObject } from 'preact';
import { useImperativeHandle, useRef, useState } from 'preact/hooks';
import type { ConversationDetail, ConversationView } from '../../../src/contract/wire.ts';
import { assignTalk, closeTalk, reopenTalk, takeTalk } from '../api/talks.ts';
import { me } from '../state/session.ts';
import { refreshDetail, takeConversation } from '../state/threads.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { MenuItem, Popup } from '../ui/menu.tsx';
import { PeoplePicker } from './people-picker.tsx';
import { Waits } from './waits.tsx';

/** What shortcuts may do with the open talk. */
export interface HeadActs {
  take(): void;
  assign(): void;
  close(): void;
}

const OUTCOMES = [
  [null, text.talks.outcome.none],
  ['won', text.talks.outcome.won],
  ['lost', text.talks.outcome.lost],
  ['spam', text.talks.outcome.spam],
] as const;

function Standing({ talk }: { talk: ConversationView }) {
  const words = text.talks;
  if (talk.state === 'closed')
    return (
      <span class="chip">
        {words.state.closed}
        {talk.outcome && ` · ${talk.outcome}`}
      </span>
    );
  if (!talk.ownerId) return <span class="chip warn">{words.head.nobody}</span>;
  return (
    <span class={talk.ownerId === me.value?.id ? 'chip accent' : 'chip'}>
      {talk.ownerId === me.value?.id ? words.head.mine : words.head.owner(talk.ownerName ?? '')}
    </span>
  );
}

/** Name, standing and acts of the open talk. */
export function TalkHead(props: {
  talk: ConversationDetail;
  acts: RefObject<HeadActs | null>;
  panel: boolean;
  onPanel: () => void;
  onBack: () => void;
}) {
  const { talk } = props;
  const [open, setOpen] = useState<'assign' | 'close' | null>(null);
  const assignButton = useRef<HTMLButtonElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  const [busy, setBusy] = useState(false);
  const words = text.talks;
  const run = async (work: Promise<ConversationView>, done?: string) => {
    setOpen(null);
    setBusy(true);
    const view = await attempt(work);
    if (view) {
      takeConversation(view);
      if (done) tell('good', done);
    }
    await refreshDetail(talk.id);
    setBusy(false);
  };
  const take = () => void run(takeTalk(talk.id), words.taken);
  useImperativeHandle(props.acts, () => ({
    take: () => {
      if (talk.may.take) take();
    },
    assign: () => {
      if (talk.may.assign) setOpen('assign');
    },
    close: () => {
      if (talk.may.close) setOpen('close');
    },
  }));
  return (
    <header class="talk-head">
      <Button class="back" icon="back" label={text.act.back} tone="quiet" onClick={props.onBack} />
      <Avatar name={talk.contact.name} id={talk.contact.id} url={talk.contactDetail.avatarUrl} />
      <div class="who">
        <h1 class="clip" dir="auto">
          {talk.contact.name}
        </h1>
        <div class="sub">
          <Icon name={channelIcon(talk.channelType)} small />
          <span class="clip label-wide">
            {talk.channelName} · {talk.lineName}
          </span>
          <Standing talk={talk} />
          {talk.waitingSince && <Waits since={talk.waitingSince} />}
        </div>
      </div>
      {talk.may.take && talk.ownerId !== me.value?.id && talk.state !== 'closed' && (
        <Button
          tone="primary"
          icon="take"
          busy={busy}
          onClick={take}
          title={`${words.head.take} (t)`}
        >
          {words.head.take}
        </Button>
      )}
      {talk.may.assign && talk.state !== 'closed' && (
        <Button
          buttonRef={assignButton}
          icon="assign"
          label={words.head.assign}
          title={`${words.head.assign} (a)`}
          expanded={open === 'assign'}
          onClick={() => setOpen(open === 'assign' ? null : 'assign')}
        />
      )}
      {talk.may.close && talk.state !== 'closed' && (
        <Button
          buttonRef={closeButton}
          icon="done"
          label={words.head.close}
          title={`${words.head.close} (c)`}
          expanded={open === 'close'}
          onClick={() => setOpen(open === 'close' ? null : 'close')}
        >
          <span class="label-wide">{words.head.close}</span>
        </Button>
      )}
      {talk.may.reopen && talk.state === 'closed' && (
        <Button icon="again" busy={busy} onClick={() => void run(reopenTalk(talk.id))}>
          {words.head.reopen}
        </Button>
      )}
      <Button
        icon="panel"
        label={words.head.panel}
        title={`${words.head.panel} (i)`}
        tone="quiet"
        expanded={props.panel}
        onClick={props.onPanel}
      />
      {open === 'assign' && (
        <PeoplePicker
          anchor={() => assignButton.current}
          current={talk.ownerId}
          onPick={(user) => void run(assignTalk(talk.id, user.id))}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'close' && (
        <Popup
          anchor={() => closeButton.current}
          label={words.outcome.title}
          onClose={() => setOpen(null)}
        >
          <div class="caption">{words.outcome.title}</div>
          {OUTCOMES.map(([outcome, label]) => (
            <MenuItem
              key={label}
              icon={outcome === 'spam' ? 'blocked' : outcome === 'lost' ? 'cross' : 'check'}
              onPick={() => void run(closeTalk(talk.id, outcome), words.closedNow)}
            >
              {label}
            </MenuItem>
          ))}
        </Popup>
      )}
    </header>
  );
}
