import type { Desk } from '../../desk/desk.ts';
import { sendScheduled } from '../../desk/later/send-scheduled.ts';
import { writeDownRest } from '../../desk/talks/write-down-rest.ts';
import { refreshCalendars } from '../../desk/lines/refresh-calendars.ts';
import type { WebhookSender } from '../../desk/webhooks/webhook-sender.ts';

/** Work that is done again and again: it finds what is due, or what a crash cut off. */
export interface Sweep {
  name: string;
  everyMs: number;
  run(): Promise<void> | void;
}

/** What is younger than this may be under way in another process. */
const CUT_OFF_MS = 60_000;

/**
 * Everything that is looked for by time. What happens in this process wakes its worker at once; a sweep finds retries
 * that have come due and what a process left when it died.
 */
export function sweepsOf(
  desk: Desk,
  webhooks: Pick<WebhookSender, 'wake' | 'lookThrough'>,
  files: { wake(): void },
): Sweep[] {
  return [
    { name: 'deliveries', everyMs: 5_000, run: () => desk.delivery.sweep() },
    { name: 'waiting talks', everyMs: 10_000, run: () => desk.router.sweep() },
    { name: 'webhook calls', everyMs: 5_000, run: () => webhooks.wake() },
    { name: 'events not told outside', everyMs: 60_000, run: () => webhooks.lookThrough() },
    { name: 'changes cut off', everyMs: 30_000, run: () => writeDownRest(desk, CUT_OFF_MS) },
    { name: 'files to fetch', everyMs: 5_000, run: () => files.wake() },
    { name: 'presence', everyMs: 10_000, run: () => desk.presence.sweep() },
    { name: 'flows', everyMs: 5_000, run: () => desk.flowRunner.sweep() },
    { name: 'targets', everyMs: 5_000, run: () => desk.targets.sweep() },
    { name: 'scheduled answers', everyMs: 5_000, run: () => sendScheduled(desk) },
    { name: 'holiday calendars', everyMs: 60_000, run: () => refreshCalendars(desk) },
    { name: 'events cut off', everyMs: 30_000, run: () => desk.ingress.recover(CUT_OFF_MS) },
  ];
}
