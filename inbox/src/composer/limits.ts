import type { Capabilities, MediaKind } from '../../../src/contract/capabilities.ts';
import type { ConversationDetail } from '../../../src/contract/wire.ts';
import { me } from '../state/session.ts';
import { text } from '../text/index.ts';
import { bytes, relative } from '../text/time.ts';
import { lengthIn } from './markup.ts';

/** A sentence above the composer. `stops`: an answer is not possible. */
export interface Notice {
  tone: 'warn' | 'bad' | undefined;
  text: string;
  stops: boolean;
}

const HOUR = 3_600_000;

/** Whether an answer can be written here now, and what the writer should know. */
export function replyNotice(talk: ConversationDetail, now: number): Notice | null {
  const words = text.composer;
  if (talk.state === 'closed') return { tone: undefined, text: words.closedTalk, stops: true };
  if (!talk.may.reply) return { tone: undefined, text: words.notYours, stops: true };
  if (talk.windowClosesAt) {
    const closes = Date.parse(talk.windowClosesAt);
    if (closes <= now)
      return {
        tone: 'bad',
        text: words.windowClosed(relative(talk.windowClosesAt, now)),
        stops: true,
      };
    if (closes - now < 3 * HOUR)
      return {
        tone: 'warn',
        text: words.windowCloses(relative(talk.windowClosesAt, now)),
        stops: false,
      };
  }
  if (talk.blocked) return { tone: 'warn', text: words.blocked, stops: false };
  if (talk.ownerId !== me.value?.id && talk.state === 'waiting')
    return { tone: undefined, text: words.takeFirst, stops: false };
  return null;
}

const KINDS: readonly MediaKind[] = ['image', 'video', 'audio'];
const kindOf = (mime: string): MediaKind =>
  KINDS.find((kind) => mime.startsWith(`${kind}/`)) ?? 'file';

/** What the channel will do with a file that it does not take as it is; null: it takes it. */
export function fileNotice(
  capabilities: Capabilities,
  file: { name: string; mime: string; size: number | null },
): string | null {
  const { media } = capabilities;
  const limit = media[kindOf(file.mime)] ?? media.file;
  if (!limit) return text.composer.noFiles;
  const fits =
    (file.size ?? 0) <= limit.maxBytes || (file.size ?? 0) <= (media.file?.maxBytes ?? 0);
  return fits ? null : text.composer.tooBig(file.name, bytes(limit.maxBytes));
}

/** How many more characters fit; null: nobody needs to know yet. */
export function roomLeft(capabilities: Capabilities, typed: string): number | null {
  const { max, unit } = capabilities.text;
  const left = max - lengthIn(unit, typed);
  return left < Math.max(100, max * 0.1) ? left : null;
}
