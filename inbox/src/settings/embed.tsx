import type { LineView } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { channelTypes, channels } from '../state/people.ts';
import { session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { CopyButton } from '../ui/button.tsx';
import { NoteBox } from '../ui/feedback.tsx';

const words = text.settings.lines;
/** What to put on a site so that its visitors can write to this line. */
export function Embed({ line }: { line: LineView }) {
  const kinds = new Set(
    channelTypes.value?.filter(({ widget }) => widget).map(({ type }) => type) ?? [],
  );
  if (kinds.size === 0) return null;
  const base = (session.value?.company.publicUrl || location.origin).replace(/\/$/, '');
  const snippet = `<script async src="${base}/widget.js" data-line="${line.key}"></script>`;
  const ready = channels.value?.some(({ type, lineId }) => kinds.has(type) && lineId === line.id);
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
        <NoteBox>
          {words.embedNeeds} <a href={to.settings('channels', 'new')}>{words.embedAdd}</a>
        </NoteBox>
      )}
    </section>
  );
}
