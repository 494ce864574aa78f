/**
 * The one catalogue of refusals: code → HTTP status and what to do. `docs/errors.md` is compared with it by a test.
 * `hint` is shown to people under the message.
 */
export const ERRORS = {
  malformed: { status: 400, hint: 'Check the shape of the request against /api/docs.' },
  bad_json: { status: 400, hint: 'Send valid JSON in UTF-8.' },
  unauthenticated: { status: 401, hint: 'Sign in, or send a personal token.' },
  bad_sign_in: { status: 401, hint: 'Check e-mail and password.' },
  bad_signature: { status: 401, hint: 'Check the secret on both sides.' },
  bad_csrf: { status: 403, hint: 'Reload the page and try again.' },
  forbidden: { status: 403, hint: 'Ask an administrator for the right.' },
  not_found: { status: 404, hint: 'It may have been deleted; go back to the list.' },
  conflict: { status: 409, hint: 'Reload and try again.' },
  already_taken: { status: 409, hint: 'A colleague was faster.' },
  colleague_replied: {
    status: 409,
    hint: 'Read the answer; send again with force to send anyway.',
  },
  duplicate: { status: 409, hint: 'Use the one that exists.' },
  too_large: { status: 413, hint: 'Send less at once.' },
  unsupported_type: {
    status: 415,
    hint: 'Send application/json, or multipart/form-data for files.',
  },
  rule_broken: { status: 422, hint: 'Change what the message names.' },
  talk_closed: { status: 422, hint: 'Reopen the talk first.' },
  window_closed: { status: 422, hint: 'Wait for the customer to write, or use a template.' },
  wrong_command: { status: 422, hint: 'Type /help for all commands.' },
  too_many: { status: 429, hint: 'Wait a moment.' },
  internal: {
    status: 500,
    hint: 'Try again; if it stays, show the request id to an administrator.',
  },
  unavailable: { status: 503, hint: 'Try again in a moment.' },
} as const satisfies Record<string, { status: number; hint: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal with a sentence for people. Thrown by use cases, drawn by every surface; never a stack trace outside. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** The input field at fault, if one is. */
  readonly field: string | undefined;
  /** Facts for machines, e.g. who won. */
  readonly facts: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { field?: string; facts?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.field = more.field;
    this.facts = more.facts;
  }

  /** HTTP status of the code. */
  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** The message of anything thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
