import type { LineView } from '../../../src/contract/wire.ts';
import { to } from '../app/routes.ts';
import { Viewers } from '../talks/viewers.tsx';
import { Waits } from '../talks/waits.tsx';
import { text } from '../text/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import { PresenceDot, awayWhen } from '../ui/presence.tsx';
import type { LineFigures, Standing } from './figures.ts';

const words = text.board;
/** As many waiting talks as a glance takes in; the rest is in the list. */
const SHOWN = 4;

/** Who is not to be there is nobody's worry. */
const isRest = (obstacle: Standing['obstacle']): boolean =>
  obstacle === 'offline' || obstacle === 'absent' || obstacle === 'off_hours';

function Person({ standing, line }: { standing: Standing; line: LineView }) {
  const { user, here, obstacle } = standing;
  const awayTime = user.away?.kind === obstacle ? awayWhen(user.away) : null;
  return (
    <li class={obstacle === null ? 'standing free' : 'standing'}>
      <Avatar name={user.name} id={user.id} size={22}>
        <PresenceDot user={user} />
      </Avatar>
      <span class="clip grow">{user.name}</span>
      <span class="muted">
        {words.holds(here, line.maxTalksPerOperator, user.load, user.maxTalks)}
      </span>
      <span class={obstacle === null ? 'chip good' : isRest(obstacle) ? 'chip' : 'chip warn'}>
        {obstacle === null ? words.isFree : words.obstacle[obstacle]}
        {awayTime && ` ${awayTime}`}
      </span>
    </li>
  );
}

/** One line: who waits, and who could take the next talk. */
export function LineCard({ figures }: { figures: LineFigures }) {
  const { line, waiting, open, people, free } = figures;
  const stuck = waiting.length > 0 && free === 0;
  return (
    <section class={stuck ? 'line-card stuck' : 'line-card'} aria-label={line.name}>
      <header>
        <h2 class="clip">{line.name}</h2>
        <span class={free > 0 ? 'chip good' : stuck ? 'chip bad' : 'chip'}>
          {words.freeOf(free, people.length)}
        </span>
      </header>
      <dl class="figures">
        <div>
          <dt>{words.waiting}</dt>
          <dd class={waiting.length > 0 ? 'some' : ''}>{waiting.length}</dd>
        </div>
        <div>
          <dt>{words.oldest}</dt>
          <dd>
            {waiting[0] ? <Waits since={waiting[0].waitingSince ?? waiting[0].openedAt} /> : '–'}
          </dd>
        </div>
        <div>
          <dt>{words.open}</dt>
          <dd>{open}</dd>
        </div>
      </dl>
      {waiting.length > 0 && (
        <ul class="line-waiting">
          {waiting.slice(0, SHOWN).map((talk) => (
            <li key={talk.id}>
              <a href={to.inbox('waiting', talk.id)} title={talk.why ?? undefined}>
                <Icon name={channelIcon(talk.channelType)} small />
                <span class="clip grow" dir="auto">
                  {talk.contact.name}
                </span>
                <Viewers id={talk.id} />
                <Waits since={talk.waitingSince ?? talk.openedAt} />
              </a>
              {talk.why && <span class="muted small-text clip">{talk.why}</span>}
            </li>
          ))}
          {waiting.length > SHOWN && (
            <li>
              <a href={to.inbox('waiting')}>{words.moreWaiting(waiting.length - SHOWN)}</a>
            </li>
          )}
        </ul>
      )}
      {people.length === 0 ? (
        <p class="muted">{text.settings.lines.noMembers}</p>
      ) : (
        <ul class="standings">
          {people.map((standing) => (
            <Person key={standing.user.id} standing={standing} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}
