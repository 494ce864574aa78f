import type { ConversationDetail, ConversationView } from '../../../src/contract/wire.ts';
import {
  interceptTalk,
  joinTalk,
  leaveTalk,
  pinTalk,
  reopenTalk,
  skipTalk,
  spamTalk,
  takeTalk,
} from '../api/talks.ts';
import { offeredToMe } from '../state/offers.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import type { IconName } from '../ui/icon.tsx';

const words = text.acts;

/** Acts that ask something before they are done. */
export type AskingAct = 'transfer' | 'invite' | 'snooze' | 'tag' | 'merge' | 'close';
/** Everything that can be done with the open talk. */
export type ActName = AskingAct | 'take' | 'skip' | 'pin' | 'join' | 'leave' | 'spam' | 'reopen';

/** One thing to do with a talk: by button, key and palette alike. */
export interface Act {
  name: ActName;
  icon: IconName;
  key: string | null;
  label(talk: ConversationDetail): string;
  may(talk: ConversationDetail): boolean;
  /** Null: it asks something first. */
  run: ((talk: ConversationDetail) => Promise<ConversationView>) | null;
  /** What is asked first: a colleague would lose the talk. Null: nothing. */
  ask?(talk: ConversationDetail): string | null;
  /** What is said afterwards. */
  done?(talk: ConversationDetail): string;
  /** How it is taken back, offered with what is said. */
  undo?(id: string): Promise<ConversationView>;
}

const isMine = (talk: ConversationView) => talk.ownerId !== null && talk.ownerId === me.peek()?.id;
const isOpen = (talk: ConversationView) => talk.state !== 'closed';
const isPinned = (talk: ConversationView) => talk.pinnedBy?.includes(me.peek()?.id ?? '') ?? false;
const isGuest = (talk: ConversationView) =>
  talk.guests?.some(({ id }) => id === me.peek()?.id) ?? false;
/** A colleague's talk is not there to be taken; who looks after others may take it over. */
const isColleagues = (talk: ConversationView) => talk.ownerId !== null && !isMine(talk);

/** All acts, in the order in which they are shown. */
export const ACTS: readonly Act[] = [
  {
    name: 'take',
    icon: 'take',
    key: 't',
    label: (talk) =>
      isColleagues(talk)
        ? words.intercept
        : offeredToMe(talk, me.peek()?.id)
          ? words.accept
          : words.take,
    may: (talk) =>
      isOpen(talk) &&
      !isMine(talk) &&
      (isColleagues(talk) ? talk.may.intercept === true : talk.may.take),
    run: (talk) => (isColleagues(talk) ? interceptTalk(talk.id) : takeTalk(talk.id)),
    ask: (talk) => (isColleagues(talk) ? words.interceptAsk(talk.ownerName ?? '') : null),
    done: () => words.taken,
  },
  {
    name: 'skip',
    icon: 'skip',
    key: 's',
    label: (talk) => (isMine(talk) ? words.giveBack : words.skip),
    may: (talk) => talk.may.skip === true,
    run: ({ id }) => skipTalk(id),
    done: (talk) => (isMine(talk) ? words.back : words.skipped),
  },
  {
    name: 'transfer',
    icon: 'assign',
    key: 'a',
    label: () => words.transfer,
    may: (talk) => talk.may.transfer === true,
    run: null,
  },
  {
    name: 'snooze',
    icon: 'snooze',
    key: 'z',
    label: () => words.snooze,
    may: (talk) => talk.may.snooze === true,
    run: null,
  },
  {
    name: 'close',
    icon: 'done',
    key: 'c',
    label: () => words.close,
    may: (talk) => isOpen(talk) && talk.may.close,
    run: null,
  },
  {
    name: 'reopen',
    icon: 'again',
    key: 'o',
    label: () => words.reopen,
    may: (talk) => !isOpen(talk) && talk.may.reopen,
    run: ({ id }) => reopenTalk(id),
  },
  {
    name: 'invite',
    icon: 'people',
    key: 'v',
    label: () => words.invite,
    may: (talk) => talk.may.invite === true,
    run: null,
  },
  {
    name: 'join',
    icon: 'eye',
    key: null,
    label: () => words.join,
    may: (talk) => talk.may.join === true,
    run: ({ id }) => joinTalk(id),
    done: () => words.joinedHelp,
  },
  {
    name: 'leave',
    icon: 'out',
    key: null,
    label: () => words.leave,
    may: (talk) => isOpen(talk) && (isGuest(talk) || talk.joined === true),
    run: ({ id }) => leaveTalk(id),
  },
  {
    name: 'pin',
    icon: 'keep',
    key: 'p',
    label: (talk) => (isPinned(talk) ? words.unpin : words.pin),
    may: () => true,
    run: (talk) => pinTalk(talk.id, !isPinned(talk)),
  },
  {
    name: 'tag',
    icon: 'tag',
    key: '#',
    label: () => words.tag,
    may: (talk) => talk.may.reply,
    run: null,
  },
  {
    name: 'merge',
    icon: 'link',
    key: null,
    label: () => text.merge.act,
    may: (talk) => (talk.duplicates ?? []).length > 0,
    run: null,
  },
  {
    name: 'spam',
    icon: 'blocked',
    key: '!',
    label: () => words.spam,
    may: (talk) => isOpen(talk) && talk.may.close && talk.may.reply,
    run: ({ id }) => spamTalk(id),
    done: () => words.spammed,
    undo: reopenTalk,
  },
];
