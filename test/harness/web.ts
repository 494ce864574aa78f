import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { SessionView } from '../../src/contract/wire.ts';
import { makeUser } from '../../src/desk/people/make-user.ts';
import type { SetupCode } from '../../src/desk/people/setup-code.ts';
import { createSetupCode } from '../../src/desk/people/setup-code.ts';
import type { ServerOptions } from '../../src/surfaces/http/server.ts';
import { buildServer } from '../../src/surfaces/http/server.ts';
import type { AnswerCheck, ApiDocument } from './answers.ts';
import { answerCheck } from './answers.ts';
import type { TestDesk } from './desk.ts';
import { SetClock } from './clock.ts';
import { openTestDesk } from './desk.ts';
import { keepingLog } from './log.ts';

/** A signed-in browser: sends its cookie, and its CSRF token with changing calls. */
export interface TestBrowser {
  session: SessionView;
  cookie: string;
  call(method: Method, path: string, body?: unknown): Promise<Answer>;
}
/** What a call asks for. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** Status and body of a call to `/api/v1`. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as the outside does, by their documented shape.
  body: any;
  headers: LightMyRequestResponse['headers'];
}

/** The web server over a test desk, called without a port. */
export interface TestWeb extends TestDesk {
  app: FastifyInstance;
  setupCode: SetupCode;
  logLines: string[];
  /** What the served OpenAPI document says of answers; every call is compared with it. */
  answers(): Promise<AnswerCheck>;
  /** A call to `/api/v1` by nobody. */
  call(
    method: Method,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Signs somebody in whose password is `PASSWORD`. */
  signIn(email: string): Promise<TestBrowser>;
  /** Makes a person with the password `PASSWORD` and signs them in. */
  browser(name: string, role: string): Promise<TestBrowser>;
}

/** A Monday that the machine's clock has not reached: the database itself removes what is over by that clock. */
const NOW = '2035-11-05T10:00:00Z';

/** The password of everybody whom `browser` makes. */
export const PASSWORD = 'correct horse battery';

/** Builds it. */
export async function openTestWeb(options: Partial<ServerOptions> = {}): Promise<TestWeb> {
  const testDesk = await openTestDesk({ clock: new SetClock(NOW) });
  const log = keepingLog();
  const setupCode = createSetupCode();
  const app = await buildServer(testDesk.desk, { trustProxy: false, log, setupCode, ...options });

  let answersRead: Promise<AnswerCheck> | undefined;
  const answers = (): Promise<AnswerCheck> => {
    answersRead ??= app
      .inject('/api/v1/openapi.json')
      .then((document) => answerCheck(document.json() as ApiDocument));
    return answersRead;
  };
  const call: TestWeb['call'] = async (method, path, body, headers = {}) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = answer.payload;
    const read: unknown = text === '' ? null : JSON.parse(text);
    (await answers()).check(method, path, answer.statusCode, read);
    return { status: answer.statusCode, body: read, headers: answer.headers };
  };
  const signIn: TestWeb['signIn'] = async (email) => {
    const signedIn = await call('POST', '/session', { email, password: PASSWORD });
    if (signedIn.status !== 200) throw new Error(`sign-in: ${JSON.stringify(signedIn.body)}`);
    const session = signedIn.body as SessionView;
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
    return {
      session,
      cookie,
      call: (method, path, body) =>
        call(method, path, body, {
          cookie,
          ...(method === 'GET' ? {} : { 'x-csrf-token': session.csrf }),
        }),
    };
  };
  return {
    ...testDesk,
    app,
    setupCode,
    logLines: log.lines,
    answers,
    call,
    signIn,
    async browser(name, role) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
      await makeUser(testDesk.desk, { name, email, password: PASSWORD, role });
      return signIn(email);
    },
    async close() {
      await app.close();
      await testDesk.close();
    },
  };
}
