import type { ErrorBody, FileView, SessionView, TokenView } from '../contract/wire.ts';
import type { MadeFile } from './files.ts';

/** The REST interface as one person uses it. */
export interface Caller {
  /** Answers the body; throws a `RefusedCall` when it is refused. */
  call<T>(method: string, route: string, body?: object): Promise<T>;
  upload(file: MadeFile): Promise<FileView>;
}

/** A call that was refused; `code` as in `docs/errors.md`. */
export class RefusedCall extends Error {
  readonly code: string;

  constructor(what: string, { error }: ErrorBody) {
    super(`${what} was refused: ${error.code}, ${error.message}`);
    this.code = error.code;
  }
}

/** Signs in and makes a personal token, as a script would. */
export async function signIn(url: string, email: string, password: string): Promise<Caller> {
  const route = '/session';
  const signedIn = await fetch(`${url}/api/v1${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { csrf } = await read<SessionView>(signedIn, `POST ${route}`);
  const [cookie = ''] = (signedIn.headers.getSetCookie()[0] ?? '').split(';');
  const made = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf },
    body: JSON.stringify({ name: 'Demo' }),
  });
  const { token } = await read<TokenView>(made, 'POST /tokens');
  return callerWith(url, token ?? '');
}

function callerWith(url: string, token: string): Caller {
  const authorization = `Bearer ${token}`;
  return {
    async call<T>(method: string, route: string, body?: object) {
      const response = await fetch(`${url}/api/v1${route}`, {
        method,
        headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return read<T>(response, `${method} ${route}`);
    },
    async upload({ name, mime, content }) {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(content)], { type: mime }), name);
      const response = await fetch(`${url}/api/v1/files`, {
        method: 'POST',
        headers: { authorization },
        body: form,
      });
      return read<FileView>(response, 'POST /files');
    },
  };
}

async function read<T>(response: Response, what: string): Promise<T> {
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok) return body as T;
  throw new RefusedCall(what, body as ErrorBody);
}
