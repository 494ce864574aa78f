import type { QuarantineView } from '../../contract/wire.ts';
import type { Quarantined } from '../../domain/conversations/inbound-log.ts';

/** Characters of the raw bytes that are shown. */
const SHOWN = 4_000;

/** What could not be used, as administrators see it. */
export function quarantineView(item: Quarantined): QuarantineView {
  const { id, accountId, channelType, reason, at, state, raw } = item;
  return {
    id,
    channelId: accountId,
    channelType,
    reason,
    at: at.toISOString(),
    state,
    // Four bytes are the longest character.
    raw: Buffer.from(raw.subarray(0, SHOWN * 4))
      .toString('utf8')
      .slice(0, SHOWN),
    size: raw.length,
  };
}
