import type { RefObject } from 'preact';
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks';
import type { ConversationDetail, ConversationView } from '../../../src/contract/wire.ts';
import { currentTalk } from '../state/current-talk.ts';
import { offeredToMe } from '../state/offers.ts';
import { me } from '../state/session.ts';
import { refreshDetail, takeConversation } from '../state/threads.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuItem, Popup } from '../ui/menu.tsx';
import { ActPopup } from './act-popups.tsx';
import { ACTS } from './acts.ts';
import type { Act, ActName, AskingAct } from './acts.ts';
import { Rating, Target } from './target.tsx';
import { Viewers } from './viewers.tsx';
import { Waits } from './waits.tsx';

/** Does an act on the open talk, as its shortcut does. */
export type ActOnTalk = (name: ActName) => void;

/** Acts with a button of their own where there is room; all others are in the menu. */
const BUTTONS: readonly ActName[] = ['take', 'transfer', 'snooze', 'close', 'reopen'];

function Standing({ talk }: { talk: ConversationView }) {
  const words = text.talks;
  if (talk.state === 'closed')
    return (
      <span class="chip">
        {words.state.closed}
        {talk.outcome && ` · ${talk.outcome}`}
      </span>
    );
  if (!talk.ownerId) return <span class="chip warn wide-only">{words.head.nobody}</span>;
  return (
    <span class={talk.ownerId === me.value?.id ? 'chip accent' : 'chip'}>
      {talk.ownerId === me.value?.id ? words.head.mine : words.head.owner(talk.ownerName ?? '')}
    </span>
  );
}

function Sub({ talk }: { talk: ConversationDetail }) {
  return (
    <div class="sub">
      <Icon name={channelIcon(talk.channelType)} small />
      <span class="clip label-wide">
        {talk.channelName} · {talk.lineName}
      </span>
      <Standing talk={talk} />
      {talk.snoozedUntil && (
        <span class="chip" title={text.acts.snoozedUntil(dateTime(talk.snoozedUntil))}>
          <Icon name="snooze" small />
          {dateTime(talk.snoozedUntil)}
        </span>
      )}
      {talk.forRole && (
        <span class="chip warn" title={text.acts.forRoleHelp(talk.forRole.name)}>
          {text.acts.forRole(talk.forRole.name)}
        </span>
      )}
      {talk.joined && (
        <span class="chip" title={text.acts.joinedHelp}>
          {text.acts.joined}
        </span>
      )}
      {talk.inFlow && (
        <span class="chip" title={text.targets.inFlowHelp}>
          {text.targets.inFlow}
        </span>
      )}
      <Viewers id={talk.id} />
      <Rating talk={talk} />
      <Target talk={talk} />
      {talk.waitingSince && <Waits since={talk.waitingSince} />}
      {(talk.guests ?? []).length > 0 && (
        <span class="clip label-wide">
          {text.acts.guests((talk.guests ?? []).map(({ name }) => name).join(', '))}
        </span>
      )}
    </div>
  );
}

/** Name, standing and acts of the open talk. */
export function TalkHead(props: {
  talk: ConversationDetail;
  act: RefObject<ActOnTalk | null>;
  panel: boolean;
  onPanel: () => void;
  onBack: () => void;
}) {
  const { talk } = props;
  const [open, setOpen] = useState<AskingAct | 'menu' | null>(null);
  const [busy, setBusy] = useState<ActName | null>(null);
  const [asked, setAsked] = useState<Act | null>(null);
  const bar = useRef<HTMLElement>(null);
  const words = text.talks;
  const run = async (work: Promise<ConversationView>, done?: string, stay = false) => {
    if (!stay) setOpen(null);
    const view = await attempt(work);
    if (view) {
      takeConversation(view);
      if (done) tell('good', done);
    }
    await refreshDetail(talk.id);
    return view;
  };
  const runNow = async ({ name, run: work, done, undo }: Act) => {
    if (!work) return;
    const said = done?.(talk);
    setBusy(name);
    const view = await run(work(talk), undo ? undefined : said);
    setBusy(null);
    if (view && undo && said)
      tell('good', said, '', undefined, {
        label: text.bulk.undo,
        run: () => run(undo(talk.id)),
      });
  };
  const act = (name: ActName) => {
    const found = ACTS.find((one) => one.name === name);
    if (!found?.may(talk)) return;
    if (!found.run) return setOpen(name as AskingAct);
    if (found.ask?.(talk)) return setAsked(found);
    void runNow(found);
  };
  useImperativeHandle(props.act, () => act);
  useEffect(() => {
    currentTalk.value = { talk, act };
    return () => {
      currentTalk.value = null;
    };
  }, [talk]);
  // A hidden button has no place: what it asks then opens at the menu.
  const anchorOf = (name: string) => {
    const button = bar.current?.querySelector<HTMLElement>(`[data-act="${name}"]`);
    return button?.offsetParent
      ? button
      : (bar.current?.querySelector<HTMLElement>('[data-act="menu"]') ?? null);
  };
  const offered = offeredToMe(talk, me.value?.id);
  const possible = ACTS.filter((one) => one.may(talk));
  return (
    <header class="talk-head" ref={bar}>
      <Button class="back" icon="back" label={text.act.back} tone="quiet" onClick={props.onBack} />
      <Avatar name={talk.contact.name} id={talk.contact.id} url={talk.contactDetail.avatarUrl} />
      <div class="who">
        <h1 class="clip" dir="auto">
          {talk.contact.name}
        </h1>
        <Sub talk={talk} />
      </div>
      {possible
        // An offer has its own, with what is left of it.
        .filter(({ name }) => BUTTONS.includes(name) && !(name === 'take' && offered))
        .map(({ name, icon, key, label, run: atOnce, ask: asks }) => {
          const said = label(talk);
          // A colleague's talk is not there to be taken: that is possible, not the thing to do.
          const first = name === 'take' && !asks?.(talk);
          const texted = first || name === 'reopen' || name === 'close';
          return (
            <Button
              key={name}
              act={name}
              class={name === 'transfer' || name === 'snooze' ? 'wide-only' : undefined}
              tone={first ? 'primary' : undefined}
              icon={icon}
              label={first || name === 'reopen' ? undefined : said}
              title={`${said} (${key})`}
              busy={busy === name}
              expanded={atOnce ? undefined : open === name}
              onClick={() => (open === name ? setOpen(null) : act(name))}
            >
              {texted && <span class={name === 'close' ? 'label-wide' : undefined}>{said}</span>}
            </Button>
          );
        })}
      <Button
        act="menu"
        icon="more"
        label={text.acts.more}
        tone="quiet"
        expanded={open === 'menu'}
        onClick={() => setOpen(open === 'menu' ? null : 'menu')}
      />
      <Button
        icon="panel"
        label={words.head.panel}
        title={`${words.head.panel} (i)`}
        tone="quiet"
        expanded={props.panel}
        onClick={props.onPanel}
      />
      {asked && (
        <Confirm
          question={asked.ask?.(talk) ?? ''}
          action={asked.label(talk)}
          onConfirm={() => void runNow(asked)}
          onClose={() => setAsked(null)}
        />
      )}
      {open === 'menu' && (
        <Popup anchor={() => anchorOf('menu')} label={text.acts.more} onClose={() => setOpen(null)}>
          {possible.map(({ name, icon, key, label }) => (
            <MenuItem
              key={name}
              icon={icon}
              tone={name === 'spam' ? 'danger' : undefined}
              onPick={() => {
                setOpen(null);
                act(name);
              }}
            >
              {label(talk)}
              {key && <kbd class="detail">{key}</kbd>}
            </MenuItem>
          ))}
        </Popup>
      )}
      {open && open !== 'menu' && (
        <ActPopup
          key={open}
          act={open}
          talk={talk}
          anchor={() => anchorOf(open)}
          run={(work, done, stay) => void run(work, done, stay)}
          onClose={() => setOpen(null)}
        />
      )}
    </header>
  );
}
