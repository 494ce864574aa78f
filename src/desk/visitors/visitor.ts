import type { Visitor } from '../../contract/channel.ts';
import type { VisitorSelf } from '../../contract/visitor.ts';
import type { VisitorRecord } from '../../domain/integration/records.ts';
import { consentText } from './widget.ts';
import type { Widget } from './widget.ts';

/** How long a browser is remembered after its last visit. */
export const REMEMBERED_MS = 180 * 24 * 3600_000;

/**
 * A record is one browser of a visitor: its id is `VISITOR.BROWSER`. A person whom the site vouches for may have
 * several browsers; the part before the dot is the visitor, and so the chat.
 */
export function chatOf(record: Pick<VisitorRecord, 'id'>): string {
  return record.id.split('.')[0] ?? record.id;
}

/** The visitor as the channel reads them. */
export function visitorOf(record: VisitorRecord): Visitor {
  return {
    id: chatOf(record),
    proof: record.proof,
    ...(record.name ? { name: record.name } : {}),
    ...(record.email ? { email: record.email } : {}),
    ...(record.phone ? { phone: record.phone } : {}),
    ...(record.language ? { language: record.language } : {}),
  };
}

/** Whether the visitor agreed to the present consent text, or none is asked. */
export function hasConsented(record: VisitorRecord | null, widget: Widget): boolean {
  const asked = consentText(widget.appearance);
  return asked === '' || record?.consent?.text === asked;
}

/** What the visitor's own browser may know of its visitor. */
export function selfOf(record: VisitorRecord, widget: Widget): VisitorSelf {
  return {
    name: record.name,
    email: record.email,
    phone: record.phone,
    signed: record.proof === 'signed',
    consented: hasConsented(record, widget),
  };
}
