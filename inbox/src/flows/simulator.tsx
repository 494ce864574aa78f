import { useEffect, useRef, useState } from 'preact/hooks';
import type { FlowScript } from '../../../src/contract/composed.ts';
import type { FlowEffect } from '../../../src/contract/flow.ts';
import type { SimulatedEvent, SimulatedTurn } from '../../../src/contract/wire.ts';
import { lines } from '../state/people.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { NoteBox, Problem } from '../ui/feedback.tsx';
import { CheckField, TextField } from '../ui/field.tsx';
import { placed } from './steps.ts';
import type { Simulation } from './use-simulation.ts';

const words = text.flows.try;

/** A length of time in words. */
function lasting(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes % 1440 === 0) return words.days(minutes / 1440);
  if (minutes % 60 === 0) return words.hours(minutes / 60);
  return words.minutes(minutes);
}

type Silent = Exclude<FlowEffect['do'], 'say' | 'wait'>;
/** What happens beside the messages. */
const SAID: { [D in Silent]: (effect: Extract<FlowEffect, { do: D }>) => string } = {
  'set-contact': ({ field, value }) => words.effect.kept(words.effect.contact[field], value),
  consent: () => words.effect.consent,
  rate: ({ score, comment }) => words.effect.rated(score, comment ?? ''),
  tag: ({ tag }) => words.effect.tagged(tag),
  queue: () => words.effect.people,
  line: ({ lineId }) =>
    words.effect.line(lines.value?.find(({ id }) => id === lineId)?.name ?? '…'),
  close: ({ outcome }) => words.effect.closed(outcome),
};

function Effect(props: { effect: FlowEffect; live: boolean; onPress: (value: string) => void }) {
  const { effect } = props;
  if (effect.do === 'wait') return null;
  if (effect.do !== 'say') {
    const said = SAID[effect.do] as (effect: FlowEffect) => string;
    return <p class="sim-event">{said(effect)}</p>;
  }
  return (
    <div class="sim-out">
      {effect.text && <p class="sim-bubble">{effect.text}</p>}
      {effect.buttons && (
        <div class="row wrap">
          {effect.buttons.map(({ label, value }) => (
            <Button key={value} small disabled={!props.live} onClick={() => props.onPress(value)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** What was on a button that was pressed. */
function labelOf(turns: readonly SimulatedTurn[], value: string): string {
  const buttons = turns
    .flatMap(({ effects }) => effects)
    .flatMap((effect) => (effect.do === 'say' ? (effect.buttons ?? []) : []));
  return buttons.findLast((button) => button.value === value)?.label ?? value;
}

function Happened({ event, turns }: { event: SimulatedEvent; turns: readonly SimulatedTurn[] }) {
  if (event.kind === 'text') return <p class="sim-bubble mine">{event.text}</p>;
  if (event.kind === 'button') return <p class="sim-bubble mine">{labelOf(turns, event.value)}</p>;
  return <p class="sim-event">{words.event[event.kind]}</p>;
}

function Circumstances({ simulation, closed }: { simulation: Simulation; closed: boolean }) {
  const { facts, setFacts } = simulation;
  const contact = (part: Partial<typeof facts.contact>) =>
    setFacts({ contact: { ...facts.contact, ...part } });
  return (
    <details class="sim-facts">
      <summary>{words.circumstances}</summary>
      <div class="form">
        <CheckField
          label={words.open}
          value={facts.lineOpen}
          onChange={(lineOpen) => setFacts({ lineOpen })}
        />
        <CheckField
          label={words.free}
          value={facts.operatorsFree > 0}
          onChange={(on) => setFacts({ operatorsFree: on ? 1 : 0 })}
        />
        <CheckField
          label={words.cameBack}
          value={!facts.firstContact}
          onChange={(on) => setFacts({ firstContact: !on })}
        />
        <CheckField
          label={words.name}
          value={facts.contact.hasName}
          onChange={(hasName) => contact({ hasName })}
        />
        <CheckField
          label={words.phone}
          value={facts.contact.hasPhone}
          onChange={(hasPhone) => contact({ hasPhone })}
        />
        <CheckField
          label={words.email}
          value={facts.contact.hasEmail}
          onChange={(hasEmail) => contact({ hasEmail })}
        />
        <TextField
          label={words.language}
          help={words.languageHelp}
          value={facts.language ?? ''}
          onChange={(language) => setFacts({ language: language.trim() || null })}
        />
        {closed && (
          <TextField
            label={words.outcome}
            value={facts.outcome ?? ''}
            onChange={(outcome) => setFacts({ outcome: outcome.trim() || null })}
          />
        )}
      </div>
    </details>
  );
}

/** A talk with the flow as a customer has it; nothing is sent. */
export function Simulator({ script, simulation }: { script: FlowScript; simulation: Simulation }) {
  const { view, error, happen } = simulation;
  const [typed, setTyped] = useState('');
  const log = useRef<HTMLDivElement>(null);
  const turns = view?.turns ?? [];
  const last = turns.at(-1);
  const live = last !== undefined && !last.done;
  const wait = turns.flatMap(({ effects }) => effects).findLast((effect) => effect.do === 'wait');
  const at = script.steps.findIndex(({ id }) => id === last?.at);
  const step = script.steps[at];
  const handsOver = last?.effects.some(
    ({ do: what }) => what === 'queue' || what === 'line' || what === 'close',
  );
  useEffect(() => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [view]);
  const send = (event: Event) => {
    event.preventDefault();
    if (typed.trim() === '') return;
    happen({ kind: 'text', text: typed });
    setTyped('');
  };
  return (
    <section class="simulator" aria-label={words.title}>
      <div class="row">
        <h2 class="grow">{words.title}</h2>
        <Button small icon="again" onClick={simulation.reset}>
          {words.reset}
        </Button>
      </div>
      <p class="help">{words.help}</p>
      <Circumstances simulation={simulation} closed={script.begins === 'closed'} />
      {error && <Problem error={error} />}
      <div class="sim-log scroll" ref={log} role="log" aria-label={words.log} tabIndex={0}>
        {turns.map((turn, index) => (
          <div key={index} class="sim-turn">
            {turn.event && <Happened event={turn.event} turns={turns} />}
            {turn.effects.map((effect, place) => (
              <Effect
                key={place}
                effect={effect}
                live={live}
                onPress={(value) => happen({ kind: 'button', value })}
              />
            ))}
            {turn.passed && (
              <p class="sim-event">
                {script.begins === 'closed' ? words.passedClosed : words.passed}
              </p>
            )}
            {turn.ran && <NoteBox tone="warn">{words.ran[turn.ran]}</NoteBox>}
          </div>
        ))}
      </div>
      <p class="sim-state" role="status">
        {view && !view.applies && script.steps.length > 0 && words.never}
        {live && step && words.waitsAt(placed(step, at))}
        {last?.done && (view?.holds && !handsOver ? words.overHeld : words.over)}
      </p>
      <form class="row" onSubmit={send}>
        <input
          class="input"
          aria-label={words.say}
          placeholder={words.say}
          value={typed}
          disabled={!live}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" icon="send" label={words.send} disabled={!live} />
      </form>
      <div class="row wrap">
        {wait && live && (
          <Button small icon="clock" onClick={() => happen({ kind: 'timeout' })}>
            {words.pass(lasting(wait.ms))}
          </Button>
        )}
        {script.begins === 'queued' && live && (
          <Button small onClick={() => happen({ kind: 'unanswered' })}>
            {words.unanswered}
          </Button>
        )}
        {script.begins !== 'closed' && live && (
          <Button small onClick={() => happen({ kind: 'answered' })}>
            {words.answered}
          </Button>
        )}
      </div>
    </section>
  );
}
