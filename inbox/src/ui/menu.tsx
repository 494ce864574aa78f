import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

/** Where the menu goes: below the anchor, or above when there is no room; never off the screen. */
function placeAt(menu: HTMLElement, anchor: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + 4 + height <= innerHeight - 8;
  const top = below ? anchor.bottom + 4 : Math.max(8, anchor.top - height - 4);
  const preferred = anchor.left + width <= innerWidth - 8 ? anchor.left : anchor.right - width;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(8, Math.min(preferred, innerWidth - width - 8))}px`;
}

/**
 * A floating box beside an element; arrows move between its buttons, Escape and a press outside close it. What has
 * `data-first` is where one begins, else whatever stands first.
 */
export function Popup(props: {
  anchor: () => HTMLElement | null;
  label: string;
  role?: 'menu' | 'dialog';
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const ref = useRef<HTMLDivElement>(null);
  const close = useRef(props.onClose);
  close.current = props.onClose;
  useLayoutEffect(() => {
    const menu = ref.current;
    const anchor = props.anchor();
    if (!menu || !anchor) return;
    menu.showPopover();
    placeAt(menu, anchor.getBoundingClientRect());
    // What comes later makes it larger.
    const sized = new ResizeObserver(() => placeAt(menu, anchor.getBoundingClientRect()));
    sized.observe(menu);
    const first =
      menu.querySelector<HTMLElement>('[data-first]') ??
      menu.querySelector<HTMLElement>('input, button, a');
    first?.focus({ preventScroll: true });
    return () => {
      sized.disconnect();
      if (menu.contains(document.activeElement) || document.activeElement === document.body)
        anchor.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      const target = event.target instanceof Node ? event.target : null;
      if (!ref.current?.contains(target) && !props.anchor()?.contains(target)) close.current();
    };
    const gone = () => close.current();
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('resize', gone);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('resize', gone);
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      props.onClose();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const stops = [...(ref.current?.querySelectorAll<HTMLElement>('input, button, a') ?? [])];
    const index = stops.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    stops[(index + step + stops.length) % stops.length]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role is always given, by a variable.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a menu and a dialog both have a label.
    <div
      ref={ref}
      class={props.wide ? 'menu wide' : 'menu'}
      popover="manual"
      role={props.role ?? 'menu'}
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {props.children}
    </div>
  );
}

/** The choices of a floating box that holds other things, too. */
export function MenuList(props: { label: string; children: ComponentChildren }) {
  return (
    <div role="menu" aria-label={props.label}>
      {props.children}
    </div>
  );
}

/** One line of a menu. */
export function MenuItem(props: {
  icon?: IconName;
  tone?: 'danger';
  checked?: boolean;
  onPick: () => void;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: with `checked` the role is menuitemradio.
    <button
      type="button"
      class={props.tone ? `item ${props.tone}` : 'item'}
      role={props.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={props.checked}
      onClick={props.onPick}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.children}
      {props.checked && <Icon name="check" small />}
    </button>
  );
}

/** A button that opens a menu. `children` gets the function that closes it. */
export function MenuButton(props: {
  icon?: IconName;
  label: string;
  text?: string;
  small?: boolean;
  tone?: 'quiet' | 'primary';
  children: (close: () => void) => ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        buttonRef={anchor}
        icon={props.icon}
        label={props.text ? undefined : props.label}
        small={props.small}
        tone={props.tone}
        expanded={open}
        onClick={() => setOpen(!open)}
      >
        {props.text}
      </Button>
      {open && (
        <Popup anchor={() => anchor.current} label={props.label} onClose={close}>
          {props.children(close)}
        </Popup>
      )}
    </>
  );
}
