import type { VisitorWay } from '../../contract/channel.ts';
import type { WidgetAppearance } from '../../contract/visitor.ts';
import type { KnownAccount } from '../../domain/accounts/open-account.ts';
import type { Line } from '../../domain/lines/line.ts';
import type { Desk } from '../desk.ts';

/** The site widget of a line: what a visitor's door works with. */
export interface Widget {
  line: Line;
  account: KnownAccount;
  way: VisitorWay<unknown>;
  appearance: WidgetAppearance;
}

/** The widget behind a line's public key: its oldest account that visitors may use. Null: there is none. */
export async function findWidget(desk: Desk, lineKey: string): Promise<Widget | null> {
  const line = await desk.stores.lines.byKey(lineKey);
  if (!line || line.archivedAt) return null;
  const accounts = await desk.stores.accounts.ofLine(line.id);
  accounts.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  for (const record of accounts) {
    if (record.stopped || record.role !== 'line') continue;
    if (!desk.channels.get(record.type)?.visitor) continue;
    const account = await desk.accounts.known(record.id);
    const way = account?.channel.visitor;
    if (account && way)
      return { line, account, way, appearance: way.appearance(account.account.config) };
  }
  return null;
}

/** The consent that a visitor gives with the present settings, as it is kept. Empty: none is asked. */
export function consentText({ consent, consentLink }: WidgetAppearance): string {
  return consent && consentLink ? `${consent} (${consentLink})` : consent;
}
