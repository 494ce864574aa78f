import { useState } from 'preact/hooks';
import type { FileView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { useModal } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

/** Pictures over the whole screen; arrows move, Escape closes. */
export function Lightbox(props: {
  files: readonly FileView[];
  start: number;
  onClose: () => void;
}) {
  const { files, onClose } = props;
  const modal = useModal(onClose);
  const [index, setIndex] = useState(props.start);
  const file = files[index];
  if (!file) return null;
  const move = (step: number) => setIndex((index + step + files.length) % files.length);
  return (
    <dialog
      {...modal}
      class="lightbox"
      aria-label={file.name || text.talks.lightbox.label}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      <div class="tools">
        {files.length > 1 && (
          <>
            <Button
              tone="quiet"
              icon="back"
              label={text.talks.lightbox.previous}
              onClick={() => move(-1)}
            />
            <Button
              tone="quiet"
              icon="forward"
              label={text.talks.lightbox.next}
              onClick={() => move(1)}
            />
          </>
        )}
        <a
          class="button quiet icon-only"
          href={file.url ?? ''}
          download={file.name}
          aria-label={text.act.download}
        >
          <Icon name="download" />
        </a>
        <Button tone="quiet" icon="cross" label={text.act.close} onClick={onClose} />
      </div>
      <figure
        onMouseDown={(event) => {
          if (event.target === event.currentTarget) onClose();
        }}
      >
        <img src={file.url ?? ''} alt={file.name} />
      </figure>
    </dialog>
  );
}
