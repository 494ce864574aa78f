import { useState } from 'preact/hooks';
import type { FileView, PartView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { Icon } from '../ui/icon.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { safeUrl } from '../ui/spans.ts';
import { FileCard } from './file-card.tsx';
import { Lightbox } from './lightbox.tsx';

type FilePart = Extract<PartView, { file: FileView }>;
const isPicture = (part: PartView): part is FilePart =>
  part.kind === 'image' && part.file.state === 'ready' && part.file.url !== null && !part.sticker;

function Picture(props: { file: FileView; grid: boolean; onOpen: () => void }) {
  const { file, grid } = props;
  // Its room is there before it is: nothing jumps, and a small one stays small.
  const size = file.width && file.height ? { width: file.width, height: file.height } : {};
  return (
    <button
      type="button"
      class="picture"
      style={grid || !file.width ? undefined : { width: `min(100%, ${file.width}px)` }}
      aria-label={text.talks.file.open(file.name)}
      onClick={props.onOpen}
    >
      <img src={file.thumbUrl ?? file.url ?? ''} alt={file.name} loading="lazy" {...size} />
    </button>
  );
}

function Pictures({ files }: { files: readonly FileView[] }) {
  const [open, setOpen] = useState<number | null>(null);
  const grid = files.length > 1;
  return (
    <>
      <div class={grid ? `album ${files.length % 2 ? 'odd' : ''}` : ''}>
        {files.map((file, index) => (
          <Picture key={file.id} file={file} grid={grid} onOpen={() => setOpen(index)} />
        ))}
      </div>
      {open !== null && <Lightbox files={files} start={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Place({ part }: { part: Extract<PartView, { kind: 'location' }> }) {
  const { latitude, longitude } = part;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a class="file-card" href={map} target="_blank" rel="noopener noreferrer">
      <Icon name="pin" />
      <span class="grow">
        <strong>{part.title ?? text.talks.file.location}</strong>
        <br />
        <span class="muted small-text">
          {part.address ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`}
        </span>
      </span>
    </a>
  );
}

function ContactCard({ part }: { part: Extract<PartView, { kind: 'contact' }> }) {
  return (
    <div class="file-card">
      <Icon name="person" />
      <span class="grow">
        <strong>{part.name}</strong>
        <span class="muted small-text">
          {' '}
          {part.own ? text.talks.file.ownContact : text.talks.file.contact}
        </span>
        {[...part.phones, ...(part.emails ?? [])].map((way) => (
          <div key={way}>{way}</div>
        ))}
      </span>
    </div>
  );
}

function ButtonCard({ part }: { part: Extract<PartView, { kind: 'card' }> }) {
  return (
    <div>
      <RichText text={part.text} />
      <div class="card-buttons">
        {part.buttons.map(({ label, url }) => {
          const safe = safeUrl(url);
          return safe ? (
            <a
              key={label}
              class="button small"
              href={safe}
              target="_blank"
              rel="noopener noreferrer"
            >
              {label}
            </a>
          ) : (
            <span key={label} class="button small">
              {label}
            </span>
          );
        })}
      </div>
    </div>
  );
}

/** One piece of a message. */
export function PartBox({ part }: { part: PartView }) {
  switch (part.kind) {
    case 'text':
      return <RichText text={part.text} marks={part.marks} />;
    case 'location':
      return <Place part={part} />;
    case 'contact':
      return <ContactCard part={part} />;
    case 'card':
      return <ButtonCard part={part} />;
    case 'unsupported':
      return <span class="removed">{text.talks.unsupported(part.what)}</span>;
    default:
      return <FileBox part={part} />;
  }
}

function FileBox({ part }: { part: FilePart }) {
  const { file } = part;
  if (file.state !== 'ready' || !file.url) return <FileCard file={file} />;
  if (part.sticker && part.kind === 'image')
    return <img class="sticker" src={file.url} alt={file.name} />;
  if (part.kind === 'image') return <Pictures files={[file]} />;
  if (part.kind === 'video')
    return <video controls preload="metadata" src={file.url} aria-label={text.talks.file.video} />;
  if (part.kind === 'audio' || part.kind === 'voice')
    return (
      <audio
        controls
        preload="metadata"
        src={file.url}
        aria-label={part.kind === 'voice' ? text.talks.file.voice : text.talks.file.audio}
      />
    );
  return <FileCard file={file} />;
}

/** All pieces of a message in order; pictures that follow each other become a grid. */
export function Parts({ parts, text: whole }: { parts: readonly PartView[]; text: string }) {
  if (parts.length === 0) return <RichText text={whole} />;
  const groups: (PartView | FileView[])[] = [];
  for (const part of parts) {
    const before = groups.at(-1);
    if (isPicture(part) && Array.isArray(before)) before.push(part.file);
    else groups.push(isPicture(part) ? [part.file] : part);
  }
  return (
    <>
      {groups.map((group, index) =>
        Array.isArray(group) ? (
          <Pictures key={index} files={group} />
        ) : (
          <PartBox key={index} part={group} />
        ),
      )}
    </>
  );
}
