import type { Ref } from 'preact';
import { Icon } from './icon.tsx';

/** A search field. */
export function SearchBox(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  grow?: boolean;
}) {
  return (
    <div class={props.grow ? 'search-box grow' : 'search-box'}>
      <Icon name="search" />
      <input
        ref={props.inputRef}
        class="input"
        type="search"
        placeholder={props.label}
        aria-label={props.label}
        value={props.value}
        onInput={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          props.onChange('');
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}
