import type { ComponentChildren } from 'preact';

/** Title and purpose of a section, with its main act. */
export function SectionHead(props: {
  title: string;
  intro?: string;
  children?: ComponentChildren;
}) {
  return (
    <header>
      <div class="row">
        <h1 class="title grow">{props.title}</h1>
        {props.children}
      </div>
      <p class="intro">{props.intro}</p>
    </header>
  );
}
