import { useRef, useState } from 'preact/hooks';
import { clearNotices, notices, readNotices, unreadNotices } from '../state/notices.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuItem, MenuList, Popup } from '../ui/menu.tsx';
import { Relative } from '../ui/time.tsx';
import { navigate } from './navigate.ts';
import { to } from './routes.ts';

const words = text.notices;

function List({ anchor, onClose }: { anchor: () => HTMLElement | null; onClose: () => void }) {
  const open = (conversationId: string | null) => {
    onClose();
    if (conversationId) navigate(to.inbox('open', conversationId));
  };
  return (
    <Popup anchor={anchor} label={words.title} role="dialog" wide onClose={onClose}>
      <div class="caption row">
        <span class="grow">{words.title}</span>
        {notices.value.length > 0 && (
          <Button small tone="quiet" onClick={clearNotices}>
            {words.clear}
          </Button>
        )}
      </div>
      {notices.value.length === 0 && <p class="muted notices-empty">{words.empty}</p>}
      <MenuList label={words.title}>
        {notices.value.map(({ at, tone, title, text: more, conversationId }) => (
          <MenuItem key={`${at}${title}`} onPick={() => open(conversationId)}>
            <span class={`dot ${tone === 'plain' ? '' : tone}`} />
            <span class="grow">
              {title}
              <br />
              <span class="muted small-text">{more}</span>
            </span>
            <span class="detail">
              <Relative at={at} />
            </span>
          </MenuItem>
        ))}
      </MenuList>
    </Popup>
  );
}

/** What the reader was told, and how much of it is new. */
export function Bell() {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const count = unreadNotices.value;
  const close = () => {
    readNotices();
    setOpen(false);
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        class="me bell"
        aria-expanded={open}
        aria-label={words.unread(count)}
        title={words.unread(count)}
        onClick={() => (open ? close() : setOpen(true))}
      >
        <Icon name="bell" />
        <span class="clip">{words.title}</span>
        {count > 0 && <span class="count">{count}</span>}
      </button>
      {open && <List anchor={() => anchor.current} onClose={close} />}
    </>
  );
}
