import type { ErrorBody } from '../../../src/contract/wire.ts';
import { text } from '../text/index.ts';

/** A refused or failed call. `code` is one of `docs/errors.md`, or `offline` when no answer came. */
export class ApiError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly field: string | null;
  readonly status: number;

  constructor(code: string, message: string, hint: string, field: string | null, status: number) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.hint = hint;
    this.field = field;
    this.status = status;
  }
}

/** Whether trying the same call again later makes sense: no answer, too many calls, or a server in trouble. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.code === 'offline' || error.status === 429 || error.status >= 500)
  );
}

/** Anything thrown, as an `ApiError`. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError('internal', message, text.errors.tryAgain, null, 0);
}

const offline = () =>
  new ApiError('offline', text.errors.offline, text.errors.offlineHint, null, 0);

let csrf = '';
let onSignedOut: () => void = () => {};

/** What every changing call carries; from the session. */
export function setCsrf(token: string): void {
  csrf = token;
}
/** Called when the server says that nobody is signed in. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === 'object' &&
    value !== null &&
    'error' in value &&
    typeof value.error === 'object' &&
    value.error !== null &&
    'message' in value.error
  );
}

/** The refusal in a body, or a general one by status. */
export function refusalOf(status: number, body: unknown): ApiError {
  if (!isErrorBody(body))
    return new ApiError('internal', text.errors.status(status), text.errors.tryAgain, null, status);
  const { code, message, hint, field, requestId } = body.error;
  const help = code === 'internal' ? `${hint ?? ''} (${requestId})` : (hint ?? '');
  return new ApiError(code, message, help, field ?? null, status);
}

/** Values of a query; null, undefined and '' are left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

/** Address below `/api/v1` with its query. */
function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  const tail = search.toString();
  return `/api/v1${path}${tail ? `?${tail}` : ''}`;
}

/**
 * One REST call. Rejects with `ApiError`, never with anything else.
 * @param body sent as JSON when given
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: { body?: unknown; query?: Query; signal?: AbortSignal } = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET' && csrf) headers['x-csrf-token'] = csrf;
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const raw = await response.text();
    body = raw === '' ? null : parse(raw);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError')
      throw new ApiError('aborted', text.errors.aborted, '', null, 0);
    throw offline();
  }
  if (response.ok) return body as T;
  const refusal = refusalOf(response.status, body);
  if (refusal.code === 'unauthenticated') onSignedOut();
  throw refusal;
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

/** Uploads one file and tells how far it is, 0 to 1. `fetch` cannot tell, so this is an XHR. */
export function upload<T>(
  path: string,
  file: Blob,
  name: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, name);
    request.open('POST', address(path));
    request.setRequestHeader('x-csrf-token', csrf);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new ApiError('aborted', text.errors.aborted, '', null, 0));
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(refusalOf(request.status, body));
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
