import { useEffect, useRef, useState } from 'preact/hooks';
import type { CannedActsView } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { canned, cannedFor, loadCanned } from '../state/canned.ts';
import { userName } from '../state/people.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { MenuItem, MenuList, Popup } from '../ui/menu.tsx';
import { MenuSearch } from '../ui/menu-search.tsx';

const words = text.composer.canned;

const hasActs = ({ tags, assignTo, close }: CannedActsView): boolean =>
  tags.length > 0 || assignTo !== null || close !== null;

/** `tag vip, give to Ann Lee, close` */
const actsSaid = ({ tags, assignTo, close }: CannedActsView): string =>
  [
    tags.length > 0 && words.tags(tags.join(', ')),
    assignTo !== null && words.assign(userName(assignTo) ?? '…'),
    close !== null && words.close,
  ]
    .filter(Boolean)
    .join(', ');

/** Chooses one of the texts that are used again and again. */
export function CannedButton(props: {
  lineId: string;
  onPick: (id: string) => void;
  /** Sends it at once and does what goes with it; null where no answer is written. */
  onSend: ((id: string) => void) | null;
}) {
  const { lineId, onPick, onSend } = props;
  const [open, setOpen] = useState(false);
  const [q, setQ] = useState('');
  const anchor = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) void loadCanned();
  }, [open]);
  const found = cannedFor(lineId, q, canned.value ?? []);
  const pick = (id: string) => {
    setOpen(false);
    setQ('');
    onPick(id);
  };
  return (
    <>
      <Button
        buttonRef={anchor}
        tone="quiet"
        icon="canned"
        label={words.button}
        title={`${words.button} (//)`}
        expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Popup
          anchor={() => anchor.current}
          label={words.button}
          role="dialog"
          wide
          onClose={() => setOpen(false)}
        >
          <div class="menu-top">
            <MenuSearch
              label={words.find}
              value={q}
              onChange={setQ}
              onEnter={() => {
                if (found[0]) pick(found[0].id);
              }}
            />
          </div>
          {canned.value?.length === 0 ? (
            <p class="help menu-help">
              {words.none}{' '}
              {can('canned.change') && <a href={to.settings('canned')}>{words.make}</a>}
            </p>
          ) : (
            <MenuList label={words.button}>
              {found.flatMap((one) => [
                <MenuItem key={one.id} onPick={() => pick(one.id)}>
                  <span class="canned-item">
                    <strong>{one.title || one.shortcut}</strong> <code>//{one.shortcut}</code>
                    <span class="muted small-text clip">{one.text}</span>
                  </span>
                </MenuItem>,
                onSend && hasActs(one.acts) && (
                  <MenuItem
                    key={`${one.id}s`}
                    icon="send"
                    onPick={() => {
                      setOpen(false);
                      onSend(one.id);
                    }}
                  >
                    <span class="small-text">{words.send(actsSaid(one.acts))}</span>
                  </MenuItem>
                ),
              ])}
            </MenuList>
          )}
        </Popup>
      )}
    </>
  );
}
