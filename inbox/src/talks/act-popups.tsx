import type { ConversationDetail, ConversationView } from '../../../src/contract/wire.ts';
import { closeTalk, inviteToTalk, snoozeTalk, tagTalk, transferTalk } from '../api/talks.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { MenuItem, Popup } from '../ui/menu.tsx';
import { WhenPicker } from '../ui/when-picker.tsx';
import type { AskingAct } from './acts.ts';
import { MergePicker } from './merged.tsx';
import { PeoplePicker } from './people-picker.tsx';
import { TagEditor } from './tag-editor.tsx';
import { TransferPicker } from './transfer-picker.tsx';

const words = text.acts;
const OUTCOMES = [
  [null, 'check', text.talks.outcome.none],
  ['won', 'check', text.talks.outcome.won],
  ['lost', 'cross', text.talks.outcome.lost],
  ['spam', 'blocked', text.talks.outcome.spam],
] as const;

/** How a talk ended. */
export function OutcomeMenu(props: {
  anchor: () => HTMLElement | null;
  onPick: (outcome: string | null) => void;
  onClose: () => void;
}) {
  return (
    <Popup anchor={props.anchor} label={text.talks.outcome.title} onClose={props.onClose}>
      <div class="caption">{text.talks.outcome.title}</div>
      {OUTCOMES.map(([outcome, icon, label]) => (
        <MenuItem key={label} icon={icon} onPick={() => props.onPick(outcome)}>
          {label}
        </MenuItem>
      ))}
    </Popup>
  );
}

/** What an act asks before it is done. */
export function ActPopup(props: {
  act: AskingAct;
  talk: ConversationDetail;
  anchor: () => HTMLElement | null;
  run: (work: Promise<ConversationView>, done?: string, stay?: boolean) => void;
  onClose: () => void;
}) {
  const { talk, run } = props;
  const common = { anchor: props.anchor, onClose: props.onClose };
  switch (props.act) {
    case 'transfer':
      return (
        <TransferPicker
          {...common}
          talk={talk}
          onPick={(target, note) => run(transferTalk(talk.id, target, note), words.transferred)}
        />
      );
    case 'invite':
      return (
        <PeoplePicker
          {...common}
          title={words.inviteTitle}
          help={words.inviteHelp}
          without={[talk.ownerId, me.value?.id ?? null, ...(talk.guests ?? []).map(({ id }) => id)]}
          onPick={(user) => run(inviteToTalk(talk.id, user.id), words.invited(user.name))}
        />
      );
    case 'snooze':
      return (
        <WhenPicker
          {...common}
          title={words.snoozeTitle}
          help={words.snoozeHelp}
          action={words.snooze}
          onPick={(at) =>
            run(snoozeTalk(talk.id, at), words.snoozedUntil(dateTime(at.toISOString())))
          }
        />
      );
    case 'tag':
      return (
        <TagEditor
          {...common}
          tags={talk.tags ?? []}
          onAdd={(tag) => run(tagTalk(talk.id, { add: [tag] }), undefined, true)}
          onRemove={(tag) => run(tagTalk(talk.id, { remove: [tag] }), undefined, true)}
        />
      );
    case 'merge':
      return <MergePicker {...common} talk={talk} onPick={(work) => run(work, text.merge.done)} />;
    case 'close':
      return (
        <OutcomeMenu
          {...common}
          onPick={(outcome) => run(closeTalk(talk.id, outcome), text.talks.closedNow)}
        />
      );
  }
}
