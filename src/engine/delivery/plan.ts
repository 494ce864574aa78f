import type { Capabilities, MediaKind, MediaLimit } from '../../contract/capabilities.ts';
import type { Mark } from '../../contract/inbound.ts';
import type {
  OutboundButton,
  OutboundContent,
  OutboundFile,
  RejectReason,
} from '../../contract/outbound.ts';
import { flatten, marksOf, measure, shorten, splitText } from './split-text.ts';

/** What an operator (or a flow) wants to say, before anybody asked whether the channel can. */
export interface Wanted {
  text: string;
  marks: readonly Mark[];
  files: readonly { kind: MediaKind; file: OutboundFile }[];
  location?: { latitude: number; longitude: number; title?: string };
  buttons: readonly OutboundButton[];
}

/** The sends it takes, in order, or why there can be none. */
export type Plan =
  | { status: 'ok'; steps: OutboundContent[] }
  | { status: 'refused'; reason: RejectReason; detail: string };

/** When a free answer is no longer allowed; null: always allowed, or never yet. */
export function windowClosesAt(
  capabilities: Capabilities,
  lastCustomerAt: Date | null,
): Date | null {
  const window = capabilities.replyWindow;
  if (!window || !lastCustomerAt) return null;
  return new Date(lastCustomerAt.getTime() + window.hours * 3_600_000);
}

/** Fits what is wanted to what the channel can do, so that no adapter ever cuts, drops or refuses for size. Pure. */
export function plan(
  wanted: Wanted,
  capabilities: Capabilities,
  facts: { lastCustomerAt: Date | null; now: Date },
): Plan {
  const refusal = refusalOf(capabilities, facts);
  if (refusal) return refusal;

  const { media, links } = fitFiles(wanted.files, capabilities);
  const spoken = withLinks(wanted, links, capabilities);
  const steps: OutboundContent[] = [];

  const caption = captionFor(spoken, media, wanted.buttons, capabilities);
  if (!caption) steps.push(...textSteps(spoken, wanted.buttons, capabilities));
  steps.push(...mediaSteps(media, caption, capabilities));
  if (wanted.location) steps.push(...locationSteps(wanted.location, capabilities));

  return steps.length > 0
    ? { status: 'ok', steps }
    : {
        status: 'refused',
        reason: 'unsupported',
        detail: 'There is nothing in this message to send.',
      };
}

function refusalOf(
  capabilities: Capabilities,
  { lastCustomerAt, now }: { lastCustomerAt: Date | null; now: Date },
): Extract<Plan, { status: 'refused' }> | null {
  if (!lastCustomerAt) {
    return capabilities.canInitiate
      ? null
      : {
          status: 'refused',
          reason: 'no-such-chat',
          detail: 'The customer has to write first on this channel.',
        };
  }
  const closes = windowClosesAt(capabilities, lastCustomerAt);
  if (!closes || now < closes) return null;
  return {
    status: 'refused',
    reason: 'window-closed',
    detail: `The customer last wrote more than ${capabilities.replyWindow?.hours} hours ago: this channel takes no free answer any more.`,
  };
}

type Media = { kind: MediaKind; file: OutboundFile; limit: MediaLimit };

function fitFiles(
  files: Wanted['files'],
  capabilities: Capabilities,
): { media: Media[]; links: OutboundFile[] } {
  const media: Media[] = [];
  const links: OutboundFile[] = [];
  for (const { kind, file } of files) {
    const fitting = ([kind, 'file'] as const).find((candidate) =>
      takes(capabilities.media[candidate], file),
    );
    const limit = fitting && capabilities.media[fitting];
    if (fitting && limit) media.push({ kind: fitting, file, limit });
    else links.push(file);
  }
  return { media, links };
}

function takes(limit: MediaLimit | undefined, file: OutboundFile): boolean {
  if (!limit || file.size > limit.maxBytes) return false;
  if (!limit.types) return true;
  return limit.types.some((type) =>
    type.endsWith('/*') ? file.mime.startsWith(type.slice(0, -1)) : type === file.mime,
  );
}

interface Spoken {
  text: string;
  marks: readonly Mark[];
}

function withLinks(
  wanted: Wanted,
  links: readonly OutboundFile[],
  capabilities: Capabilities,
): Spoken {
  const { formatting } = capabilities.text;
  const text = formatting ? wanted.text : flatten(wanted.text, wanted.marks);
  const lines = [text, ...links.map((file) => `${file.name}: ${file.url()}`)];
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    marks: formatting ? wanted.marks : [],
  };
}

/** The text as the first file's caption, when it fits and nothing else must hang on it. */
function captionFor(
  spoken: Spoken,
  media: readonly Media[],
  buttons: readonly OutboundButton[],
  capabilities: Capabilities,
): Spoken | null {
  const first = media[0];
  if (!first || spoken.text === '' || buttons.length > 0) return null;
  const fits = measure(spoken.text, capabilities.text.unit) <= first.limit.caption;
  return fits ? spoken : null;
}

function textSteps(
  spoken: Spoken,
  buttons: readonly OutboundButton[],
  capabilities: Capabilities,
): OutboundContent[] {
  const { card, text: limit } = capabilities;
  const asCard = card !== null && buttons.length > 0 && buttons.length <= card.maxButtons;
  const text = asCard || buttons.length === 0 ? spoken.text : numbered(spoken.text, buttons);
  const pieces = splitText(text, limit.max, limit.unit);
  return pieces.map((piece, index): OutboundContent => {
    if (asCard && index === pieces.length - 1) {
      return {
        kind: 'card',
        text: piece.text,
        buttons: buttons.map((button) => ({
          ...button,
          label: shorten(button.label, card.maxLabel),
        })),
      };
    }
    const marks = marksOf(piece, spoken.marks);
    return { kind: 'text', text: piece.text, ...(marks.length > 0 && { marks }) };
  });
}

/** Buttons as a numbered list, for channels without buttons: the customer answers with the number. */
function numbered(text: string, buttons: readonly OutboundButton[]): string {
  const lines = buttons.map((button, index) =>
    'url' in button
      ? `${index + 1}. ${button.label}: ${button.url}`
      : `${index + 1}. ${button.label}`,
  );
  return [text, ...lines].filter((line) => line !== '').join('\n');
}

function mediaSteps(
  media: readonly Media[],
  caption: Spoken | null,
  capabilities: Capabilities,
): OutboundContent[] {
  const steps = albums(media, capabilities.album?.max ?? 1).map((group): OutboundContent => {
    const [first, ...more] = group;
    if (first && more.length === 0) return { kind: first.kind, file: first.file };
    return { kind: 'album', items: group.map(({ kind, file }) => ({ kind, file })) };
  });
  const first = steps[0];
  if (caption && first) {
    if (first.kind === 'album')
      first.items = first.items.map((item, i) =>
        i === 0 ? { ...item, caption: caption.text } : item,
      );
    else if (first.kind !== 'text' && first.kind !== 'card' && first.kind !== 'location') {
      first.caption = caption.text;
      if (caption.marks.length > 0) first.marks = [...caption.marks];
    }
  }
  return steps;
}

/** Which kinds may share an album: pictures with films, files with files, songs with songs. */
const ALBUM_FAMILY: Record<MediaKind, string | null> = {
  image: 'visual',
  video: 'visual',
  file: 'file',
  audio: 'audio',
  voice: null,
};

function albums(media: readonly Media[], max: number): Media[][] {
  const groups: Media[][] = [];
  for (const item of media) {
    const family = ALBUM_FAMILY[item.kind];
    const last = groups.at(-1);
    const joins =
      last !== undefined &&
      family !== null &&
      last.length < max &&
      ALBUM_FAMILY[(last[0] as Media).kind] === family;
    if (joins) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

function locationSteps(
  location: NonNullable<Wanted['location']>,
  capabilities: Capabilities,
): OutboundContent[] {
  if (capabilities.location) return [{ kind: 'location', ...location }];
  const { latitude, longitude, title } = location;
  const place = `geo:${latitude},${longitude}`;
  return [{ kind: 'text', text: title ? `${title}: ${place}` : place }];
}
