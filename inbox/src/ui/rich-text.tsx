import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Mark } from '../../../src/contract/inbound.ts';
import { text as words } from '../text/index.ts';
import { spansOf } from './spans.ts';
import type { Span } from './spans.ts';

function Spoiler({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState(false);
  return shown ? (
    <span class="spoiler shown">{children}</span>
  ) : (
    <button
      type="button"
      class="spoiler"
      aria-label={words.act.show}
      onClick={() => setShown(true)}
    >
      {children}
    </button>
  );
}

const WRAP: Record<
  Exclude<Mark['type'], 'link'>,
  (inner: ComponentChildren) => ComponentChildren
> = {
  bold: (inner) => <strong>{inner}</strong>,
  italic: (inner) => <em>{inner}</em>,
  underline: (inner) => <u>{inner}</u>,
  strike: (inner) => <s>{inner}</s>,
  code: (inner) => <code>{inner}</code>,
  pre: (inner) => <pre>{inner}</pre>,
  quote: (inner) => <span class="quote">{inner}</span>,
  spoiler: (inner) => <Spoiler>{inner}</Spoiler>,
};

function drawSpan({ text, types, url }: Span): ComponentChildren {
  let drawn: ComponentChildren = text;
  for (const type of types) if (type !== 'link') drawn = WRAP[type](drawn);
  return url ? (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {drawn}
    </a>
  ) : (
    drawn
  );
}

/** Text with its marks as elements. Everything is text: nothing of it is ever read as HTML. */
export function RichText({ text, marks }: { text: string; marks?: readonly Mark[] }) {
  return (
    <div class="rich" dir="auto">
      {spansOf(text, marks).map((span, index) => (
        <span key={index}>{drawSpan(span)}</span>
      ))}
    </div>
  );
}
