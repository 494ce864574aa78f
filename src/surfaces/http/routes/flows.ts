import { changeFlow } from '../../../desk/flows/change-flow.ts';
import { createFlow } from '../../../desk/flows/create-flow.ts';
import { flowChange, newFlow, publication, simulation } from '../../../desk/flows/flow-fields.ts';
import { listFlowVersions } from '../../../desk/flows/list-flow-versions.ts';
import { listFlows } from '../../../desk/flows/list-flows.ts';
import { publishFlow } from '../../../desk/flows/publish-flow.ts';
import { readFlow } from '../../../desk/flows/read-flow.ts';
import { removeFlow } from '../../../desk/flows/remove-flow.ts';
import { simulateFlow } from '../../../desk/flows/simulate-flow.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { idParams, pageOf, pageOfAll, pageQuery, wholeQuery } from '../endpoint/query.ts';

/** Flows that administrators compose. */
export const flowRoutes: Routes = (api) => {
  api.add({
    method: 'GET',
    path: '/flows',
    tag: 'flows',
    summary: 'Lists the composed flows, by name',
    query: wholeQuery,
    answer: '[FlowView]',
    handle: async ({ desk, who, query }) => pageOfAll(await listFlows(desk, who), query),
  });
  api.add({
    method: 'POST',
    path: '/flows',
    tag: 'flows',
    summary: 'Makes a flow',
    description:
      'A draft is a list of steps; a target (`next`, `otherwise`, `yes`, …) is the `id` of a step, `next` (the one below) or `end`. It may be half written: `problems` says what is missing.',
    body: newFlow,
    status: 201,
    answer: 'FlowView',
    handle: ({ desk, who, body }) => createFlow(desk, who, body),
  });
  api.add({
    method: 'POST',
    path: '/flows/simulate',
    tag: 'flows',
    summary: 'Plays a script as a talk would; keeps and sends nothing',
    description: 'Give all events from the beginning on: the same in, the same out.',
    body: simulation,
    answer: 'SimulationView',
    handle: async ({ desk, who, body }) => simulateFlow(desk, who, body),
  });
  api.add({
    method: 'GET',
    path: '/flows/:id',
    tag: 'flows',
    summary: 'Shows one composed flow',
    params: idParams,
    answer: 'FlowView',
    handle: ({ desk, who, params }) => readFlow(desk, who, params.id),
  });
  api.add({
    method: 'PATCH',
    path: '/flows/:id',
    tag: 'flows',
    summary: 'Changes the name or the draft; refused when `rev` is not the newest',
    params: idParams,
    body: flowChange,
    answer: 'FlowView',
    handle: ({ desk, who, params, body }) => changeFlow(desk, who, params.id, body),
  });
  api.add({
    method: 'DELETE',
    path: '/flows/:id',
    tag: 'flows',
    summary: 'Removes a flow that no line has; talks under way go on with it',
    params: idParams,
    handle: ({ desk, who, params }) => removeFlow(desk, who, params.id),
  });
  api.add({
    method: 'POST',
    path: '/flows/:id/publish',
    tag: 'flows',
    summary: 'Makes the draft the next version; with `from`, an old version again',
    description: 'New talks get it; talks under way keep the version they began with.',
    params: idParams,
    body: publication,
    answer: 'FlowView',
    handle: ({ desk, who, params, body }) => publishFlow(desk, who, params.id, body),
  });
  api.add({
    method: 'GET',
    path: '/flows/:id/versions',
    tag: 'flows',
    summary: 'Lists what was published, newest first, each with its script',
    params: idParams,
    query: pageQuery,
    answer: '[FlowVersionView]',
    handle: ({ desk, who, params, query }) => listFlowVersions(desk, who, params.id, pageOf(query)),
  });
};
