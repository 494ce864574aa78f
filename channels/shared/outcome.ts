import type { DeliveryResult } from '../../src/contract/outbound.ts';

/** What the guarded `fetch` says when an address is not on the open internet. */
const PRIVATE = 'EPRIVATE';

/** Errors that happen before the first byte of a request is written. */
const NEVER_WRITTEN = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  PRIVATE,
]);

/** How a `fetch` ended that threw. `written` false: the provider certainly has nothing of it. */
export interface FetchFailure {
  written: boolean;
  /** For people; carries no address, so no token in an address either. */
  detail: string;
}

const codesOf = (error: unknown, depth = 0): string[] => {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, name, cause, errors } = error as {
    code?: unknown;
    name?: unknown;
    cause?: unknown;
    errors?: unknown;
  };
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(name === 'TimeoutError' || name === 'AbortError' ? [name] : []),
    ...codesOf(cause, depth + 1),
    ...(Array.isArray(errors) ? errors.flatMap((inner) => codesOf(inner, depth + 1)) : []),
  ];
};

/**
 * Tells a request that was never written from one that died on the way. Undici puts the system's
 * error into `cause`, and several addresses' errors into `errors`: only when all of them came
 * before writing is the request certainly not sent.
 */
export function fetchFailure(error: unknown): FetchFailure {
  const codes = codesOf(error);
  if (codes.includes('TimeoutError') || codes.includes('AbortError'))
    return { written: true, detail: 'No answer came in time.' };
  if (codes.includes(PRIVATE))
    return {
      written: false,
      detail:
        'The address is private; an administrator can allow it with ALLOW_PRIVATE_PROVIDER_HOSTS=on.',
    };
  if (codes.length > 0 && codes.every((code) => NEVER_WRITTEN.has(code)))
    return { written: false, detail: `The provider could not be reached (${codes[0]}).` };
  return {
    written: true,
    detail: `The connection broke before the answer came${codes[0] ? ` (${codes[0]})` : ''}.`,
  };
}

/** The result of a send whose `fetch` threw, on a channel that would make a second copy. */
export function sendFailure(error: unknown): DeliveryResult {
  const { written, detail } = fetchFailure(error);
  return { status: written ? 'uncertain' : 'deferred', detail };
}

const LONGEST_WAIT_MS = 86_400_000;

/** What a `Retry-After` header asks for, in milliseconds, at most a day; undefined without one. */
export function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

/**
 * The first characters of a provider's own words, for a detail: one line, no control characters.
 */
export function excerpt(text: string, max = 300): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, max);
}
