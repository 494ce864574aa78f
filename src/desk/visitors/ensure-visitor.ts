import { Refusal } from '../../base/errors.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import type { Desk } from '../desk.ts';
import { beginVisit } from './begin-visit.ts';
import { hasConsented } from './visitor.ts';
import { consentText } from './widget.ts';
import type { Widget } from './widget.ts';

/**
 * The visitor who is about to write: made known now if they were not (`token` is then set), their consent kept if they
 * give it now. Refuses with `rule_broken` while the consent that the settings ask for is missing.
 */
export async function ensureVisitor(
  desk: Desk,
  widget: Widget,
  current: VisitorRecord | null,
  given: { consent: boolean; language: string | null; address: string },
): Promise<{ record: VisitorRecord; token: string | null }> {
  const agreed = hasConsented(current, widget);
  if (!given.consent && !agreed)
    throw new Refusal('rule_broken', 'Please agree to the privacy notice first.');
  if (!current)
    return beginVisit(desk, widget, {
      language: given.language,
      proof: 'claimed',
      consented: given.consent,
      address: given.address,
    });
  if (agreed) return { record: current, token: null };
  const consent = { text: consentText(widget.appearance), at: desk.clock.now() };
  return {
    record: (await desk.stores.visitors.change(current.id, { consent })) ?? current,
    token: null,
  };
}

/** Keeps what a visitor typed about themselves; what their site vouches for is not overwritten by it. */
export async function keepContact(
  desk: Desk,
  record: VisitorRecord,
  { name, email, phone }: { name?: string; email?: string; phone?: string },
): Promise<VisitorRecord> {
  if (record.proof === 'signed') return record;
  const typed = {
    ...(name?.trim() ? { name: name.trim() } : {}),
    ...(email ? { email: email.toLowerCase() } : {}),
    ...(phone ? { phone: phone.trim() } : {}),
  };
  return (await desk.stores.visitors.change(record.id, typed)) ?? record;
}
