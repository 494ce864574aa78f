import type { Block, Card } from '../../../src/contract/card.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { safeUrl } from '../ui/spans.ts';

function BlockView({ block, onRun }: { block: Block; onRun: (command: string) => void }) {
  if (block.kind === 'divider') return <hr />;
  if (block.kind === 'text') return <RichText text={block.text} />;
  if (block.kind === 'fields')
    return (
      <dl>
        {block.fields.map(({ label, value }) => [
          <dt key={`${label}t`}>{label}</dt>,
          <dd key={label}>{value}</dd>,
        ])}
      </dl>
    );
  return (
    <ul>
      {block.items.map(({ title, detail, command }, index) => (
        <li key={index}>
          {command ? (
            <button type="button" class="link" onClick={() => onRun(command)}>
              {title}
            </button>
          ) : (
            title
          )}
          {detail && <span class="muted"> {detail}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The answer to a command. Its buttons run the next command. */
export function CardBox(props: {
  card: Card;
  onRun: (command: string) => void;
  onClose: () => void;
}) {
  const { card, onRun } = props;
  return (
    <section class={`card-box ${card.tone ?? ''}`} role="status" aria-label={card.title}>
      <header>
        <h3>{card.title}</h3>
        <Button icon="cross" label={text.act.dismiss} small tone="quiet" onClick={props.onClose} />
      </header>
      {card.blocks.map((block, index) => (
        <BlockView key={index} block={block} onRun={onRun} />
      ))}
      {card.buttons && card.buttons.length > 0 && (
        <div class="card-buttons">
          {card.buttons.map((button) => {
            const tone =
              button.style === 'primary' || button.style === 'danger' ? button.style : undefined;
            if ('command' in button)
              return (
                <Button key={button.label} small tone={tone} onClick={() => onRun(button.command)}>
                  {button.label}
                </Button>
              );
            const url = safeUrl(button.url);
            return (
              url && (
                <a
                  key={button.label}
                  class="button small"
                  href={url}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {button.label}
                </a>
              )
            );
          })}
        </div>
      )}
    </section>
  );
}
