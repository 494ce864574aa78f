import { useState } from 'preact/hooks';
import type { FileView } from '../../../src/contract/wire.ts';
import { retryFile } from '../api/talks.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { bytes } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** A file by its name: ready to open, on its way, or failed with the reason and a way to fetch it again. */
export function FileCard({ file }: { file: FileView }) {
  const [busy, setBusy] = useState(false);
  const words = text.talks.file;
  const detail = [bytes(file.size), file.mime.split('/')[1]?.toUpperCase().slice(0, 12)]
    .filter(Boolean)
    .join(' · ');
  if (file.state === 'ready' && file.url)
    return (
      <a
        class="file-card"
        href={file.url}
        target="_blank"
        rel="noopener noreferrer"
        download={file.name}
      >
        <Icon name="file" />
        <span class="grow">
          <strong>{file.name}</strong>
          <br />
          <span class="muted small-text">{detail}</span>
        </span>
        <Icon name="download" label={text.act.download} />
      </a>
    );
  if (file.state !== 'failed')
    return (
      <div class="file-card">
        <span class="spinner" />
        <span class="grow">
          <strong>{file.name}</strong>
          <br />
          <span class="muted small-text">{words.pending}</span>
        </span>
      </div>
    );
  const retry = async () => {
    setBusy(true);
    await attempt(retryFile(file.id));
    setBusy(false);
  };
  return (
    <div class="file-card failed">
      <Icon name="warning" />
      <span class="grow">
        <strong>{file.name || words.failed}</strong>
        <br />
        <span class="muted small-text">{file.detail ?? words.failed}</span>
      </span>
      <Button small icon="again" busy={busy} onClick={() => void retry()}>
        {words.retry}
      </Button>
    </div>
  );
}
