import { z } from 'zod';
import { flowScript } from '../../../../contract/composed.ts';
import type { FlowEffect } from '../../../../contract/flow.ts';
import type * as Wire from '../../../../contract/wire.ts';
import { at, author, id } from './common.ts';

const problem = z.object({ step: z.number().nullable(), field: z.string(), message: z.string() });
const version = {
  number: z.number(),
  at,
  by: author,
  note: z.string(),
};
const button = z.object({ label: z.string(), value: z.string() });
const effect = z.discriminatedUnion('do', [
  z.object({ do: z.literal('say'), text: z.string(), buttons: z.array(button).optional() }),
  z.object({
    do: z.literal('set-contact'),
    field: z.enum(['name', 'phone', 'email']),
    value: z.string(),
  }),
  z.object({ do: z.literal('consent'), text: z.string() }),
  z.object({ do: z.literal('rate'), score: z.number(), comment: z.string().optional() }),
  z.object({ do: z.literal('tag'), tag: z.string() }),
  z.object({ do: z.literal('queue') }),
  z.object({ do: z.literal('line'), lineId: id }),
  z.object({ do: z.literal('close'), outcome: z.string() }),
  z.object({ do: z.literal('wait'), ms: z.number() }),
]) satisfies z.ZodType<FlowEffect>;
const event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('button'), value: z.string() }),
  z.object({ kind: z.literal('timeout') }),
  z.object({ kind: z.literal('unanswered') }),
  z.object({ kind: z.literal('answered') }),
]) satisfies z.ZodType<Wire.SimulatedEvent>;

/** Views of flows that people compose. */
export const flowViews = {
  FlowView: z.object({
    id,
    name: z.string(),
    draft: flowScript,
    rev: z.number(),
    problems: z.array(problem),
    published: z.object(version).nullable(),
    changed: z.boolean(),
    lines: z.array(z.object({ id, name: z.string() })),
    createdAt: at,
    updatedAt: at,
  }) satisfies z.ZodType<Wire.FlowView>,
  FlowVersionView: z.object({
    ...version,
    script: flowScript,
  }) satisfies z.ZodType<Wire.FlowVersionView>,
  SimulationView: z.object({
    problems: z.array(problem),
    applies: z.boolean(),
    holds: z.boolean(),
    turns: z.array(
      z.object({
        event: event.nullable(),
        effects: z.array(effect),
        at: z.string().nullable(),
        done: z.boolean(),
        passed: z.boolean(),
        ran: z.enum(['round', 'silent']).nullable(),
      }),
    ),
  }) satisfies z.ZodType<Wire.SimulationView>,
};
