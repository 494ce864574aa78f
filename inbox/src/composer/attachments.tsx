import type { Capabilities } from '../../../src/contract/capabilities.ts';
import type { Upload } from '../state/uploads.ts';
import { dropUpload, retryUpload } from '../state/uploads.ts';
import { text } from '../text/index.ts';
import { bytes } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { fileNotice } from './limits.ts';

function Attachment(props: { id: string; upload: Upload; capabilities: Capabilities | null }) {
  const { upload } = props;
  const error = upload.error.value;
  const done = upload.done.value;
  const warning = props.capabilities ? fileNotice(props.capabilities, upload) : null;
  return (
    <li class={error ? 'attachment failed' : 'attachment'}>
      {upload.preview ? (
        <img src={upload.preview} alt="" />
      ) : (
        <span class="thumb">
          <Icon name="file" />
        </span>
      )}
      <span class="grow">
        <span class="clip" title={upload.name}>
          {upload.name}
        </span>
        <br />
        {error ? (
          <button type="button" class="link" title={error.hint} onClick={() => retryUpload(upload)}>
            {error.message} {text.act.retry}
          </button>
        ) : (
          <span class="muted">{warning ?? bytes(upload.size)}</span>
        )}
        {!done && !error && (
          <span
            class="bar"
            role="progressbar"
            aria-label={upload.name}
            aria-valuenow={Math.round(upload.progress.value * 100)}
          >
            <span style={{ width: `${upload.progress.value * 100}%` }} />
          </span>
        )}
      </span>
      <Button
        small
        tone="quiet"
        icon="cross"
        label={`${text.act.remove} ${upload.name}`}
        onClick={() => dropUpload(props.id, upload)}
      />
    </li>
  );
}

/** The files that go with the next message. */
export function Attachments(props: {
  id: string;
  uploads: readonly Upload[];
  capabilities: Capabilities | null;
}) {
  if (props.uploads.length === 0) return null;
  return (
    <ul class="attachments">
      {props.uploads.map((upload) => (
        <Attachment
          key={upload.key}
          id={props.id}
          upload={upload}
          capabilities={props.capabilities}
        />
      ))}
    </ul>
  );
}
