import { describe, expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';

const now = new Date('2026-11-02T10:00:00Z');
const attempt = { number: 1, now, idempotent: false, random: 0.5 };

describe('what a result means', () => {
  it("marks as sent with the provider's ids", () => {
    expect(outcomeOf({ status: 'sent', providerIds: ['7'] }, attempt)).toMatchObject({
      state: 'sent',
      externalIds: ['7'],
      sentAt: now,
    });
  });

  it('fails for good what the provider refuses, with its reason', () => {
    expect(
      outcomeOf({ status: 'rejected', reason: 'blocked', detail: 'no' }, attempt),
    ).toMatchObject({ state: 'failed', reason: 'blocked' });
  });

  it('tries again what was certainly not sent: when the provider says, else with growing waits', () => {
    const at = (number: number, retryAfterMs?: number) =>
      outcomeOf(
        { status: 'deferred', detail: '', ...(retryAfterMs && { retryAfterMs }) },
        { ...attempt, number },
      ).nextAt?.getTime();
    expect(at(1, 17_000)).toBe(now.getTime() + 17_000);
    expect(at(1)).toBe(now.getTime() + 2_000);
    expect(at(4)).toBe(now.getTime() + 16_000);
    expect(at(40)).toBe(now.getTime() + 600_000);
  });

  it('gives up, visibly, after a day', () => {
    const deferred = { status: 'deferred', detail: 'busy' } as const;
    const gaveUp = { state: 'failed', reason: 'gave-up' };
    expect(outcomeOf(deferred, { ...attempt, number: 144 })).toMatchObject(gaveUp);
    expect(outcomeOf({ ...deferred, retryAfterMs: 25 * 3_600_000 }, attempt)).toMatchObject(gaveUp);
    expect(outcomeOf(deferred, { ...attempt, number: 143 }).state).toBe('queued');
  });

  it('asks a person after an unknown end, unless the provider recognises our key', () => {
    const uncertain = { status: 'uncertain', detail: 'cut' } as const;
    expect(outcomeOf(uncertain, attempt).state).toBe('uncertain');
    expect(outcomeOf(uncertain, { ...attempt, idempotent: true }).state).toBe('queued');
  });
});
