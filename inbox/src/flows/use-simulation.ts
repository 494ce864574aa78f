import { useEffect, useRef, useState } from 'preact/hooks';
import type { FlowScript } from '../../../src/contract/composed.ts';
import type { SimulatedEvent, SimulationView } from '../../../src/contract/wire.ts';
import { simulateFlow } from '../api/flows.ts';
import type { SimulatedFacts } from '../api/flows.ts';
import { asApiError } from '../api/http.ts';
import type { ApiError } from '../api/http.ts';

/** As at a first contact in working hours, of whom nothing is known. */
const FACTS: SimulatedFacts = {
  firstContact: true,
  lineOpen: true,
  operatorsFree: 1,
  language: null,
  contact: { hasName: false, hasPhone: false, hasEmail: false },
  outcome: null,
};
/** Letters are typed faster than this. */
const PAUSE_MS = 250;

/** A talk that is played over a script while it is being written. */
export interface Simulation {
  view: SimulationView | null;
  error: ApiError | null;
  facts: SimulatedFacts;
  setFacts(part: Partial<SimulatedFacts>): void;
  happen(event: SimulatedEvent): void;
  reset(): void;
}

/** Plays the script anew whenever it changes. */
export function useSimulation(script: FlowScript): Simulation {
  const [facts, setFacts] = useState(FACTS);
  const [events, setEvents] = useState<readonly SimulatedEvent[]>([]);
  const [view, setView] = useState<SimulationView | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const turn = useRef(0);
  const shown = useRef<FlowScript | null>(null);
  useEffect(() => {
    const mine = ++turn.current;
    const play = () => {
      shown.current = script;
      simulateFlow({ script, facts, events }).then(
        (next) => {
          if (mine !== turn.current) return;
          setView(next);
          setError(null);
        },
        (problem: unknown) => {
          if (mine === turn.current) setError(asApiError(problem));
        },
      );
    };
    const pause = shown.current !== null && shown.current !== script ? PAUSE_MS : 0;
    const timer = setTimeout(play, pause);
    return () => clearTimeout(timer);
  }, [script, facts, events]);
  return {
    view,
    error,
    facts,
    setFacts(part) {
      setFacts((before) => ({ ...before, ...part }));
      setEvents([]);
    },
    happen: (event) => setEvents((before) => [...before, event]),
    reset: () => setEvents([]),
  };
}
