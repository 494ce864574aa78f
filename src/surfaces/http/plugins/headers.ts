import type { FastifyHelmetOptions } from '@fastify/helmet';

const overTls = (publicUrl: string): boolean => publicUrl.startsWith('https:');

/** Headers of answers that are data: nothing in them may run, nobody may frame them. */
export function apiHeaders(publicUrl: string): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: overTls(publicUrl),
  };
}

/** Headers of the inbox: only its own scripts run, and no page may frame it. */
export function inboxHeaders(publicUrl: string): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Older browsers do not count a WebSocket of the same address as 'self'.
        connectSrc: ["'self'", publicUrl.replace(/^http/, 'ws')],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        // The emoji picker puts its style into its own shadow root.
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(overTls(publicUrl) ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: overTls(publicUrl),
    xFrameOptions: { action: 'deny' },
  };
}
