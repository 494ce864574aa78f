import { useEffect, useRef, useState } from 'preact/hooks';
import { useShortcuts } from '../app/shortcuts.ts';
import { choosing, clearSelection, selectAll, selectedTalks } from '../state/selection.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { OutcomeMenu } from './act-popups.tsx';
import { assignAll, closeAll, tagAll } from './bulk.ts';
import { PeoplePicker } from './people-picker.tsx';
import { TagEditor } from './tag-editor.tsx';

const words = text.bulk;
type Asking = 'assign' | 'tag' | 'close';

/** What can be done with the chosen talks; nothing while none is chosen. */
export function BulkBar({ ids }: { ids: readonly string[] }) {
  const talks = selectedTalks.value;
  const [open, setOpen] = useState<Asking | null>(null);
  const [busy, setBusy] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  const some = talks.length > 0 || choosing.value;
  useEffect(() => clearSelection, []);
  useShortcuts(some ? { Escape: clearSelection } : {});
  if (!some) return null;
  const anchor = () => bar.current?.querySelector<HTMLElement>(`[data-act="${open}"]`) ?? null;
  const run = async (work: Promise<void>) => {
    setOpen(null);
    setBusy(true);
    await work;
    setBusy(false);
  };
  const button = (act: Asking, icon: 'assign' | 'tag' | 'done') => (
    <Button
      small
      act={act}
      icon={icon}
      label={words.act[act]}
      busy={busy}
      disabled={talks.length === 0}
      expanded={open === act}
      onClick={() => setOpen(open === act ? null : act)}
    />
  );
  const common = { anchor, onClose: () => setOpen(null) };
  return (
    <div class="bulk" ref={bar} role="toolbar" aria-label={words.label}>
      <strong class="grow" aria-live="polite">
        {talks.length > 0 ? words.chosen(talks.length) : words.pick}
      </strong>
      {talks.length < ids.length && (
        <Button small tone="quiet" onClick={() => selectAll(ids)}>
          {words.all}
        </Button>
      )}
      {button('assign', 'assign')}
      {button('tag', 'tag')}
      {button('close', 'done')}
      <Button small tone="quiet" icon="cross" label={words.none} onClick={clearSelection} />
      {open === 'assign' && (
        <PeoplePicker
          {...common}
          title={words.act.assign}
          without={[]}
          onPick={(user) => void run(assignAll(talks, user))}
        />
      )}
      {open === 'tag' && (
        <TagEditor {...common} tags={[]} onAdd={(tag) => void run(tagAll(talks, tag))} />
      )}
      {open === 'close' && (
        <OutcomeMenu {...common} onPick={(outcome) => void run(closeAll(talks, outcome))} />
      )}
    </div>
  );
}
