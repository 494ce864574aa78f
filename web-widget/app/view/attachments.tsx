import type { FileView } from '../../../src/contract/wire.ts';
import { fileSize } from '../text/time.ts';
import { words } from '../text/words.ts';
import { Icon } from './icons.tsx';

/** Largest height of a picture in the talk, px; its width follows. */
const PICTURE = { width: 264, height: 240 };

/** A box of the picture's shape, so that nothing jumps when it has loaded. */
const shape = ({ width, height }: FileView): { width: number; height: number } | undefined => {
  if (!width || !height) return undefined;
  const part = Math.min(1, PICTURE.width / width, PICTURE.height / height);
  return { width: Math.round(width * part), height: Math.round(height * part) };
};

/** A file of a message: pictures are shown, sounds and films play, the rest is downloaded. */
export function Attachment({ file }: { file: FileView }) {
  const { t, locale } = words;
  const { name, mime, size, url } = file;
  const facts = file.state === 'pending' ? t('filePending') : (file.detail ?? (size === null ? '' : fileSize(size, locale)));
  if (url && /^image\/(png|jpeg|gif|webp|avif)$/.test(mime))
    return (
      <a class="picture" href={url} target="_blank" rel="noopener">
        <img src={url} alt={name} loading="lazy" {...shape(file)} />
      </a>
    );
  if (url && mime.startsWith('video/')) return <video class="picture" src={url} controls preload="metadata" aria-label={name} />;
  if (url && mime.startsWith('audio/')) return <audio src={url} controls preload="metadata" aria-label={name} />;
  const inside = (
    <>
      <span class="kind">
        <Icon name="file" />
      </span>
      <span class="what">
        <b>{name}</b>
        <small>{facts}</small>
      </span>
    </>
  );
  return url ? (
    <a class="file" href={url} target="_blank" rel="noopener">
      {inside}
    </a>
  ) : (
    <span class="file">{inside}</span>
  );
}
