import type { LineView } from '../../../src/contract/wire.ts';
import { channelTypes, channels } from '../state/people.ts';
import { session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { CopyButton } from '../ui/button.tsx';
import { NoteBox } from '../ui/feedback.tsx';

const words = text.settings.lines;
/** The kind of channel whose visitors write on a page: the one behind `/widget.js`. */
export const WIDGET = 'webchat';

/** What to put on a site so that its visitors can write to this line. */
export function Embed({ line }: { line: LineView }) {
  if (!channelTypes.value?.some(({ type }) => type === WIDGET)) return null;
  const base = (session.value?.company.publicUrl || location.origin).replace(/\/$/, '');
  const snippet = `<script async src="${base}/widget.js" data-line="${line.key}"></script>`;
  const ready = channels.value?.some(({ type, lineId }) => type === WIDGET && lineId === line.id);
  return (
    <section class="form" aria-label={words.embed}>
      <h2>{words.embed}</h2>
      {ready ? (
        <>
          <p class="help">{words.embedHelp}</p>
          <div class="snippet">
            <code>{snippet}</code>
            <CopyButton value={snippet} />
          </div>
          <p>
            <a href={`${base}/widget/${line.key}`} target="_blank" rel="noopener">
              {words.tryIt}
            </a>
          </p>
        </>
      ) : (
        <NoteBox>{words.embedNeeds}</NoteBox>
      )}
    </section>
  );
}
