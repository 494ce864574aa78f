import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SESSION_COOKIE } from '../../../desk/people/identify.ts';
import { sessionView } from '../../../desk/people/session-view.ts';
import type { Browser } from '../../../desk/people/sign-in.ts';
import { signIn } from '../../../desk/people/sign-in.ts';
import { signOut } from '../../../desk/people/sign-out.ts';
import type { Routes } from '../endpoint/endpoint.ts';
import { clearSessionCookie, identified, setSessionCookie } from '../plugins/authentication.ts';

/** Where a request comes from, for sign-ins and the audit log. */
export const browserOf = (request: FastifyRequest): Browser => ({
  address: request.ip,
  agent: request.headers['user-agent'] ?? '',
});

/** Signing in and out. */
export const sessionRoutes: Routes = (api) => {
  api.addPublic({
    method: 'POST',
    path: '/session',
    tag: 'session',
    summary: 'Signs in: sets the session cookie',
    body: z.strictObject({
      email: z.string('Give an e-mail address.').max(254),
      password: z.string('Give a password.').max(200),
    }),
    answer: 'SessionView',
    async handle({ desk, body, request, reply }) {
      const { key, session } = await signIn(desk, body, browserOf(request));
      setSessionCookie(desk, reply, key);
      return session;
    },
  });
  api.add({
    method: 'GET',
    path: '/session',
    tag: 'session',
    summary: 'Says who one is and what one may',
    answer: 'SessionView',
    async handle({ desk, who, request, reply }) {
      const signedIn = identified(request)?.signIn;
      const key = request.cookies[SESSION_COOKIE];
      // The cookie's end moves on with the session's.
      if (signedIn && key) setSessionCookie(desk, reply, key);
      return sessionView(desk, who, signedIn?.csrf ?? '');
    },
  });
  api.add({
    method: 'DELETE',
    path: '/session',
    tag: 'session',
    summary: 'Signs out',
    async handle({ desk, who, request, reply }) {
      const signedIn = identified(request)?.signIn;
      if (signedIn) await signOut(desk, who, signedIn.id);
      clearSessionCookie(desk, reply);
    },
  });
};
