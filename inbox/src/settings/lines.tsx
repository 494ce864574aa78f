import { navigate } from '../app/navigate.ts';
import { to } from '../app/routes.ts';
import { lines, loadLines, putLine } from '../state/people.ts';
import { can } from '../state/session.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Empty, Loading } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { LineForm } from './line-form.tsx';
import { SectionHead } from './section-head.tsx';

const words = text.settings.lines;

/** All lines, one of them, or a new one. */
export function LinesSection({ id }: { id: string | null }) {
  const all = lines.value;
  if (all === null) return <Loading />;
  if (id === 'new')
    return (
      <LineForm
        line={null}
        onSaved={(line) => {
          putLine(line);
          tell('good', words.created, '', undefined, {
            label: text.talks.empty.makeChannel,
            run: () => navigate(to.settings('channels', 'new')),
          });
          navigate(to.settings('lines', line.id), true);
        }}
      />
    );
  const line = all.find((one) => one.id === id);
  if (line)
    return (
      <LineForm
        key={line.id}
        line={line}
        onSaved={(saved) => {
          putLine(saved);
          tell('good', text.saved);
          void loadLines();
        }}
      />
    );
  return (
    <>
      <SectionHead title={text.settings.nav.lines} intro={words.intro}>
        {can('line.change') && (
          <a class="button primary" href={to.settings('lines', 'new')}>
            <Icon name="plus" />
            {words.add}
          </a>
        )}
      </SectionHead>
      {all.length === 0 ? (
        <Empty icon="list" title={words.empty} help={words.emptyHelp} />
      ) : (
        <ul class="items">
          {all.map((one) => (
            <li key={one.id}>
              <a class="item-row" href={to.settings('lines', one.id)}>
                <span class="grow">
                  <strong>{one.name}</strong>
                  <br />
                  <span class="muted small-text">
                    {words.queues[one.queue][0]} · {one.members.length}{' '}
                    {text.settings.nav.people.toLowerCase()}
                  </span>
                </span>
                <span class={one.waiting > 0 ? 'chip warn' : 'chip'}>
                  {words.counts(one.waiting, one.open)}
                </span>
                <Icon name="forward" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
