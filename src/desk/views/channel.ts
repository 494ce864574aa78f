import { z } from 'zod';
import type { Channel } from '../../contract/channel.ts';
import type { ChannelTypeView, ChannelView } from '../../contract/wire.ts';
import type { AccountRecord } from '../../domain/accounts/account.ts';
import { maskConfig } from '../../domain/accounts/config-secrets.ts';
import type { Desk } from '../desk.ts';

type Parts = Pick<Desk, 'channels' | 'keys' | 'publicUrl'>;

/** A connected account as administrators see it: secrets masked. */
export function channelView(desk: Parts, account: AccountRecord): ChannelView {
  const { id, type, name, lineId, role, status, detail, createdAt, lastEventAt } = account;
  return {
    id,
    type,
    name,
    lineId,
    role,
    config: shownConfig(desk, account),
    status,
    detail,
    webhookUrl: `${desk.publicUrl}/hooks/${type}/${id}`,
    createdAt: createdAt.toISOString(),
    lastEventAt: lastEventAt?.toISOString() ?? null,
  };
}

// Of a kind that this version does not know nobody can say which fields are secret: none is shown.
const shownConfig = (desk: Parts, { type, config }: AccountRecord): Record<string, unknown> => {
  const channel = desk.channels.get(type);
  return channel ? maskConfig(channel.config, config, desk.keys) : {};
};

/** A kind of channel with its form. */
export function channelTypeView(channel: Channel): ChannelTypeView {
  const { type, title, summary, icon, roles, config, capabilities, visitor } = channel;
  return {
    type,
    title,
    summary,
    icon: icon ?? 'chat',
    widget: visitor !== undefined,
    roles: [...(roles ?? ['line' as const])],
    schema: z.toJSONSchema(config, { target: 'draft-7', io: 'input', unrepresentable: 'any' }),
    capabilities,
  };
}
