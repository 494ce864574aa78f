import type { FileView } from '../../../src/contract/wire.ts';
import { fileSize } from '../text/time.ts';
import { words } from '../text/words.ts';
import { Icon } from './icons.tsx';

/** A file of a message: pictures are shown, sounds and films play, the rest is downloaded. */
export function Attachment({ file }: { file: FileView }) {
  const { t, locale } = words;
  const { name, mime, size, url } = file;
  const facts =
    file.state === 'pending'
      ? t('filePending')
      : (file.detail ?? (size === null ? '' : fileSize(size, locale)));
  if (url && /^image\/(png|jpeg|gif|webp|avif)$/.test(mime))
    return (
      <a class="picture" href={url} target="_blank" rel="noopener">
        <img src={url} alt={name} loading="lazy" width={file.width} height={file.height} />
      </a>
    );
  if (url && mime.startsWith('video/'))
    return <video class="picture" src={url} controls preload="metadata" aria-label={name} />;
  if (url && mime.startsWith('audio/'))
    return <audio src={url} controls preload="metadata" aria-label={name} />;
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
