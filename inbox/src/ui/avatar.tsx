import type { ComponentChildren } from 'preact';

const initials = (name: string): string => {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '?').join('');
};
const hue = (key: string): number => {
  let sum = 0;
  for (const char of key) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return sum;
};

/** A person's picture, or initials on a colour that stays theirs. Decorative: the name stands beside it. */
export function Avatar(props: {
  name: string;
  id?: string | null;
  url?: string | null;
  size?: number;
  title?: string;
  class?: string;
  children?: ComponentChildren;
}) {
  const style: Record<string, string> = { '--hue': String(hue(props.id ?? props.name)) };
  if (props.size) style['--size'] = `${props.size}px`;
  return (
    <span
      class={props.class ? `avatar ${props.class}` : 'avatar'}
      style={style}
      title={props.title}
      aria-hidden="true"
    >
      {props.url ? <img src={props.url} alt="" loading="lazy" /> : initials(props.name)}
      {props.children}
    </span>
  );
}
