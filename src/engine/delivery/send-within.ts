import { messageOf } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { DeliveryResult } from '../../contract/outbound.ts';

/** A send that takes longer has an unknown end. Adapters have shorter limits of their own. */
const SEND_LIMIT_MS = 300_000;

/** A send's result; an adapter that never answers, or throws, must not hold its conversation for ever. */
export async function sendWithin(
  sending: Promise<DeliveryResult>,
  log: Log,
): Promise<DeliveryResult> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<DeliveryResult>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          status: 'uncertain',
          detail: 'The provider did not answer within five minutes.',
        }),
      SEND_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([sending, limit]);
  } catch (error) {
    log.error({ error: messageOf(error) }, 'a channel threw out of send');
    return { status: 'uncertain', detail: 'The channel failed in mid-send.' };
  } finally {
    clearTimeout(timer);
  }
}
