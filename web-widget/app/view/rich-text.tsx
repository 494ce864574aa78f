import type { ComponentChildren, VNode } from 'preact';
import type { Mark } from '../../../src/contract/inbound.ts';
import { runsOf } from '../text/rich.ts';

const wraps: Partial<Record<Mark['type'], (inner: ComponentChildren) => VNode>> = {
  bold: (inner) => <strong>{inner}</strong>,
  italic: (inner) => <em>{inner}</em>,
  underline: (inner) => <u>{inner}</u>,
  strike: (inner) => <s>{inner}</s>,
  code: (inner) => <code>{inner}</code>,
  pre: (inner) => <code class="pre">{inner}</code>,
  quote: (inner) => <q>{inner}</q>,
  spoiler: (inner) => (
    <span class="spoiler" tabIndex={0}>
      {inner}
    </span>
  ),
};

/** Formatted text: elements are made from marks, markup in the text stays text. */
export function RichText({ text, marks }: { text: string; marks?: readonly Mark[] | undefined }) {
  return (
    <>
      {runsOf(text, marks).map((run) => {
        let inner: ComponentChildren = run.text;
        for (const type of run.types) inner = wraps[type]?.(inner) ?? inner;
        if (!run.url) return inner;
        return (
          <a href={run.url} target="_blank" rel="noopener noreferrer nofollow">
            {inner}
          </a>
        );
      })}
    </>
  );
}
