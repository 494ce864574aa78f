import type { FastifyRequest } from 'fastify';
import type { Desk } from '../../desk/desk.ts';

/**
 * Whether a browser may have sent this. The widget's page is our own, so a browser names our own origin, whatever site
 * shows it; without an Origin it is no browser, and the token alone decides. `Host` only helps where one machine has
 * several names: a page elsewhere can set neither.
 */
export function isOwnOrigin(desk: Desk, request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin === undefined || origin === desk.publicUrl) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
