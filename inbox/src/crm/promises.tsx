import type { ConversationView, TargetView } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Relative } from '../ui/time.tsx';
import { Fact } from './fact.tsx';

const words = text.targets;
const TONES: Record<TargetView['state'], string> = {
  running: 'chip',
  near: 'chip warn',
  missed: 'chip bad',
  met: 'chip good',
};

/** What was promised to the customer and how it went; and what they agreed to. */
export function Promises({ talk }: { talk: ConversationView }) {
  const { targets = [], consent } = talk;
  if (targets.length === 0 && !consent) return null;
  return (
    <section class="section">
      <h3>{words.title}</h3>
      <dl class="facts">
        {targets.map(({ kind, state, dueAt, metAt }) => (
          <Fact key={kind} label={words.kind[kind]}>
            <span class={TONES[state]}>{words.state[state]}</span>{' '}
            <span class="muted small-text">
              <Relative at={metAt ?? dueAt} />
            </span>
          </Fact>
        ))}
        {consent && (
          <div class="fact">
            <dt>{words.consent}</dt>
            <dd title={consent.text}>{dateTime(consent.at)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
