import { messageOf } from '../../base/errors.ts';
import type { WebhookCall, WebhookTarget } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { signatureHeaders } from './sign.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Waits between attempts, as Standard Webhooks suggests; together a little over three days. */
const WAITS_MS: readonly number[] = [
  5_000,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
const TIMEOUT_MS = 15_000;

/** How one attempt ended. */
type Outcome =
  | { kind: 'taken'; status: number }
  | { kind: 'refused'; status: number | null; detail: string; retryAfterMs?: number }
  /** The receiver says that nobody wants this any more (410). */
  | { kind: 'gone' };

/** Makes one attempt at a leased call, and writes how it ended. */
export async function makeCall(desk: Desk, call: WebhookCall): Promise<void> {
  const target = await desk.stores.webhooks.get(call.targetId);
  if (!target?.active) {
    await giveUp(
      desk,
      call,
      null,
      target ? 'The webhook is switched off.' : 'The webhook is gone.',
    );
    return;
  }
  await write(desk, target, call, await attempt(desk, target, call));
}

const attempt = async (desk: Desk, target: WebhookTarget, call: WebhookCall): Promise<Outcome> => {
  try {
    const secret = desk.keys.open(target.secret);
    const answer = await desk.fetch(target.url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Openline-Webhooks/1',
        ...signatureHeaders(secret, call.id, desk.clock.now(), call.body),
      },
      body: call.body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    const { status } = answer;
    if (status >= 200 && status < 300) return { kind: 'taken', status };
    if (status === 410) return { kind: 'gone' };
    const seconds = Number(answer.headers.get('retry-after'));
    return {
      kind: 'refused',
      status,
      detail: `The address answered ${status}.`,
      ...(seconds > 0 && { retryAfterMs: Math.min(seconds * 1000, 24 * HOUR) }),
    };
  } catch (error) {
    return { kind: 'refused', status: null, detail: whyNot(error) };
  }
};

const write = async (
  desk: Desk,
  target: WebhookTarget,
  call: WebhookCall,
  outcome: Outcome,
): Promise<void> => {
  const { webhooks } = desk.stores;
  const attempts = call.attempts + 1;
  const now = desk.clock.now();
  if (outcome.kind === 'taken') {
    const { status } = outcome;
    await webhooks.settle(call.id, { state: 'sent', attempts, status, detail: '', nextAt: now });
    await noteStatus(desk, target, String(status));
    return;
  }
  if (outcome.kind === 'gone') {
    await giveUp(desk, call, 410, 'The address answered 410: it wants no more calls.');
    await webhooks.change(target.id, { active: false, lastStatus: '410, switched off' });
    desk.bus.publish({ type: 'webhooks.changed' });
    desk.bus.publish({
      type: 'alert',
      audience: 'administrators',
      tone: 'warn',
      title: 'A webhook was switched off',
      text: `${new URL(target.url).host} answered 410: it wants no more calls.`,
    });
    return;
  }
  const { status, detail, retryAfterMs = 0 } = outcome;
  await noteStatus(desk, target, status === null ? detail : String(status));
  const wait = WAITS_MS[attempts - 1];
  if (wait === undefined) {
    await giveUp(desk, call, status, `${detail} Given up after ${attempts} attempts.`);
    return;
  }
  const spread = wait * (0.9 + 0.2 * Math.random());
  const nextAt = new Date(now.getTime() + Math.round(Math.max(spread, retryAfterMs)));
  await webhooks.settle(call.id, { state: 'queued', attempts, status, detail, nextAt });
};

const giveUp = (
  desk: Desk,
  call: WebhookCall,
  status: number | null,
  detail: string,
): Promise<void> =>
  desk.stores.webhooks.settle(call.id, {
    state: 'failed',
    attempts: call.attempts + 1,
    status,
    detail,
    nextAt: desk.clock.now(),
  });

const noteStatus = async (desk: Desk, target: WebhookTarget, status: string): Promise<void> => {
  if (target.lastStatus !== status)
    await desk.stores.webhooks.change(target.id, { lastStatus: status });
};

/** Why no answer came, without the address, which may hold a secret. */
const whyNot = (error: unknown): string => {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `No answer within ${TIMEOUT_MS / 1000} seconds.`;
  const { cause } = error as { cause?: unknown };
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code === 'string' && code !== 'EPRIVATE') return `No connection: ${code}.`;
  return `No connection: ${messageOf(cause ?? error)}`;
};
