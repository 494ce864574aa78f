import { setUp, setupForm, setupNeeded } from '../../../desk/people/set-up.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { setSessionCookie } from '../plugins/authentication.ts';
import { browserOf } from './session.ts';

/** The first visit. */
export const setupRoutes: Routes = (api) => {
  api.addPublic({
    method: 'GET',
    path: '/setup',
    tag: 'session',
    summary: 'Says whether the first administrator is still to be made',
    answer: 'SetupView',
    handle: async ({ desk }) => ({ needed: await setupNeeded(desk) }),
  });
  api.addPublic({
    method: 'POST',
    path: '/setup',
    tag: 'session',
    summary: 'Makes the first administrator and signs them in',
    description: '`code` is the one-time setup code that the terminal prints at the start.',
    body: setupForm,
    status: 201,
    answer: 'SessionView',
    async handle({ desk, body, request, reply }) {
      const { key, session } = await setUp(desk, api.setupCode, body, browserOf(request));
      setSessionCookie(desk, reply, key);
      return session;
    },
  });
};
