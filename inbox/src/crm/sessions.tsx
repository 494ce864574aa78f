import { useState } from 'preact/hooks';
import type { ConversationView, TalkSessionView } from '../../../src/contract/wire.ts';
import { listSessions, scoreTalk } from '../api/talks.ts';
import { threadOf } from '../state/threads.ts';
import { attempt, tell } from '../state/toasts.ts';
import { Rating, Stars } from '../talks/target.tsx';
import { text } from '../text/index.ts';
import { dateTime, span } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Ticking } from '../ui/time.tsx';
import { useLoad } from '../ui/use-load.ts';
import { Fact } from './fact.tsx';

const words = text.sessions;
const SCORES = [1, 2, 3, 4, 5];
/** So many are shown at first; a customer of years has hundreds. */
const SHOWN = 3;

/** Asks for a score and a comment. */
function ScoreDialog(props: {
  talkId: string;
  session: TalkSessionView;
  onDone: () => void;
  onClose: () => void;
}) {
  const { session } = props;
  const [score, setScore] = useState(session.score?.score ?? null);
  const [comment, setComment] = useState(session.score?.comment ?? '');
  const [busy, setBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (score === null) return;
    setBusy(true);
    const body = { score, comment: comment.trim() || null, sessionId: session.id };
    const done = await attempt(scoreTalk(props.talkId, body));
    setBusy(false);
    if (!done) return;
    tell('good', words.scored);
    props.onDone();
    props.onClose();
  };
  return (
    <Dialog title={words.scoreTitle(session.number, session.ownerName)} onClose={props.onClose}>
      <form class="form" onSubmit={(event) => void save(event)}>
        <p class="help">{words.scoreHelp}</p>
        <fieldset class="scores">
          <legend class="label">{words.score}</legend>
          {SCORES.map((one) => (
            <label key={one} class={one === score ? 'chosen' : ''}>
              <input
                type="radio"
                name="score"
                class="hidden-text"
                checked={one === score}
                onChange={() => setScore(one)}
              />
              <span aria-hidden="true">{one}</span>
              <span class="hidden-text">{words.of(one)}</span>
            </label>
          ))}
        </fieldset>
        <TextField label={words.comment} value={comment} onChange={setComment} multiline optional />
        <div class="actions">
          <Button onClick={props.onClose}>{text.act.cancel}</Button>
          <Button type="submit" tone="primary" busy={busy} disabled={score === null}>
            {words.score}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Score({ session }: { session: TalkSessionView }) {
  const { score, earlierScores } = session;
  if (!score) return null;
  return (
    <>
      <Stars score={score.score} comment={null} />
      {score.comment && <p dir="auto">{score.comment}</p>}
      <p class="muted small-text">{words.by(score.by.name, dateTime(score.at))}</p>
      {earlierScores.length > 0 && (
        <details class="small-text">
          <summary>{words.more(earlierScores.length)}</summary>
          {earlierScores.map((one) => (
            <p key={one.at} class="muted">
              {words.of(one.score)}
              {one.comment && `: ${one.comment}`} · {words.by(one.by.name, dateTime(one.at))}
            </p>
          ))}
        </details>
      )}
    </>
  );
}

function One({ session, onScore }: { session: TalkSessionView; onScore: () => void }) {
  const { openedAt, closedAt, firstAnswerAt, rating, score, mayScore } = session;
  return (
    <li class="session">
      <div class="session-head">
        <strong>{words.number(session.number)}</strong>
        <span class="muted small-text grow">{dateTime(openedAt)}</span>
        <span class="chip">
          {closedAt ? session.outcome || text.talks.state.closed : words.open}
        </span>
      </div>
      <dl class="facts">
        {session.ownerName && <Fact label={text.crm.owner}>{session.ownerName}</Fact>}
        <Fact label={words.length}>
          {closedAt ? span(openedAt, Date.parse(closedAt)) : <Ticking since={openedAt} />}
        </Fact>
        <Fact label={words.firstAnswer}>
          {firstAnswerAt ? words.after(span(openedAt, Date.parse(firstAnswerAt))) : words.noAnswer}
        </Fact>
        {rating && (
          <Fact label={words.byCustomer}>
            <Rating talk={session} />
            {rating.comment && <p dir="auto">{rating.comment}</p>}
          </Fact>
        )}
        {(score || mayScore) && (
          <Fact label={words.byUs}>
            <Score session={session} />
            {mayScore && (
              <Button small tone={score ? 'quiet' : undefined} onClick={onScore}>
                {score ? words.scoreAgain : words.score}
              </Button>
            )}
          </Fact>
        )}
      </dl>
    </li>
  );
}

/** The sessions of a talk: how each went, what the customer and what supervisors say of it. */
export function Sessions({ talk }: { talk: ConversationView }) {
  const [all, setAll] = useState(false);
  const [scoring, setScoring] = useState<TalkSessionView | null>(null);
  const scored = threadOf(talk.id).held.value.items.findLast(
    ({ event }) => event?.kind === 'scored',
  );
  const loaded = useLoad(
    () => listSessions(talk.id),
    JSON.stringify([talk.id, talk.sessionId, talk.state, talk.rating, talk.ownerId, scored?.seq]),
  );
  const items = loaded.value?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section class="section">
      <h3>{words.title}</h3>
      <ul class="sessions">
        {(all ? items : items.slice(0, SHOWN)).map((session) => (
          <One key={session.id} session={session} onScore={() => setScoring(session)} />
        ))}
      </ul>
      {!all && items.length > SHOWN && (
        <button type="button" class="link small-text" onClick={() => setAll(true)}>
          {words.more(items.length - SHOWN)}
        </button>
      )}
      {scoring && (
        <ScoreDialog
          talkId={talk.id}
          session={scoring}
          onDone={loaded.again}
          onClose={() => setScoring(null)}
        />
      )}
    </section>
  );
}
