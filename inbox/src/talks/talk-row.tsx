import type { Signal } from '@preact/signals';
import type { ConversationView } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { attentionOf } from '../state/attention.ts';
import { draftOf, drafting } from '../state/drafts.ts';
import type { Tab } from '../state/placing.ts';
import { activityOf } from '../state/placing.ts';
import { me } from '../state/session.ts';
import { toggleSelected } from '../state/selection.ts';
import { troubledTalks } from '../state/troubles.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { ShortTime } from '../ui/time.tsx';
import { Rating, Target } from './target.tsx';
import { writing } from './typing.tsx';
import { Viewers } from './viewers.tsx';
import { Waits } from './waits.tsx';

function LastText({ talk }: { talk: ConversationView }) {
  const words = text.talks;
  const writes = writing(attentionOf(talk.id).writers.value);
  if (writes) return <span class="last clip writes">{writes}</span>;
  if (drafting.value.has(talk.id))
    return (
      <span class="last clip">
        <span class="draft">{words.draft}</span> {draftOf(talk.id).value.text}
      </span>
    );
  const { lastMessage } = talk;
  return (
    <span class="last clip" dir="auto">
      {lastMessage?.direction === 'out' && <span class="muted">{authorOf(lastMessage)} </span>}
      {lastMessage ? lastMessage.text || '…' : words.noMessages}
    </span>
  );
}

/** Who of us wrote last; of what was stored before that was known: nobody in particular. */
function authorOf({ author }: NonNullable<ConversationView['lastMessage']>): string {
  const words = text.talks;
  if (!author) return words.us;
  if (author.kind === 'user')
    return author.id === me.value?.id ? words.you : words.by(firstName(author.name));
  return author.kind === 'system' ? words.automatic : words.by(author.name);
}
const firstName = (name: string): string => name.split(/\s+/)[0] ?? name;

/** One talk in the list. */
export function TalkRow(props: {
  talk: Signal<ConversationView | null>;
  tab: Tab;
  selected: boolean;
  /** While talks are chosen by touch: whether this one is; null: a touch opens it. */
  chosen: boolean | null;
  /** Whether Tab stops here: one row of the list. */
  stop: boolean;
  onFocus: () => void;
}) {
  const talk = props.talk.value;
  if (!talk) return null;
  const pinned = talk.pinnedBy?.includes(me.value?.id ?? '') ?? false;
  const classes = [
    'talk-row',
    props.selected && 'selected',
    talk.unread > 0 && 'unread',
    talk.snoozedUntil && 'snoozed',
  ];
  return (
    <a
      class={classes.filter(Boolean).join(' ')}
      href={to.inbox(props.tab, talk.id)}
      data-talk={talk.id}
      tabIndex={props.stop ? 0 : -1}
      aria-current={props.selected ? 'true' : undefined}
      onFocus={props.onFocus}
      onClick={(event) => {
        if (props.chosen === null) return;
        event.preventDefault();
        event.stopPropagation();
        toggleSelected(talk.id);
      }}
    >
      <Avatar name={talk.contact.name} id={talk.contact.id}>
        <span class="mark" title={talk.channelName}>
          <Icon name={channelIcon(talk.channelType)} />
        </span>
      </Avatar>
      <span class="grow">
        <span class="top">
          <span class="name clip" dir="auto">
            {talk.contact.name}
          </span>
          {pinned && <Icon name="keep" small label={text.acts.pinned} />}
          {talk.snoozedUntil && (
            <span title={text.acts.snoozedUntil(dateTime(talk.snoozedUntil))}>
              <Icon name="snooze" small label={text.acts.snoozed} />
            </span>
          )}
          {(talk.tags ?? []).slice(0, 2).map((tag) => (
            <span key={tag} class="chip tag clip">
              {tag}
            </span>
          ))}
          {talk.blocked && (
            <span class="mark-bad" title={text.talks.blockedMark}>
              <Icon name="blocked" small label={text.talks.blockedMark} />
            </span>
          )}
          {troubledTalks.value.has(talk.id) && (
            <span class="mark-bad" title={text.talks.troubleMark}>
              <Icon name="warning" small label={text.talks.troubleMark} />
            </span>
          )}
          <ShortTime at={activityOf(talk)} />
        </span>
        <span class="bottom">
          <LastText talk={talk} />
          <Viewers id={talk.id} />
          <Target talk={talk} quiet />
          <Rating talk={talk} />
          {talk.waitingSince && !talk.snoozedUntil && <Waits since={talk.waitingSince} />}
          {talk.unread > 0 && (
            <span class="count" title={text.talks.unread(talk.unread)}>
              {talk.unread > 99 ? '99+' : talk.unread}
            </span>
          )}
          {talk.ownerName && talk.ownerId !== me.value?.id && (
            <Avatar class="owner" name={talk.ownerName} id={talk.ownerId} title={talk.ownerName} />
          )}
        </span>
      </span>
    </a>
  );
}
