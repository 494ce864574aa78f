import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { measure } from '../../engine/delivery/split-text.ts';
import { fillIn } from '../canned/fill-in.ts';
import type { Desk } from '../desk.ts';

/**
 * An answer's text with the line's signature under it: when the line has one turned on, once until another person of ours
 * answers in this session. Not under files alone, nor where it would make one message of the channel into two.
 */
export async function signed(
  desk: Desk,
  who: Principal,
  { id, lineId, channelType, contactName, session }: Conversation,
  text: string,
): Promise<string> {
  const line = await desk.directory.line(lineId);
  if (text.trim() === '' || !line?.signature.on) return text;
  const last = await desk.stores.messages.lastReply(id, session.id);
  if (last?.author.id === who.user.id) return text;
  const signature = fillIn(line.signature.text, {
    contactName,
    operatorName: who.user.name,
    lineName: line.name,
    companyName: (await desk.stores.settings.read()).companyName,
  }).trim();
  const whole = `${text}\n\n${signature}`;
  const room = desk.channels.get(channelType)?.capabilities.text;
  const splits =
    room && measure(whole, room.unit) > room.max && measure(text, room.unit) <= room.max;
  return signature === '' || splits ? text : whole;
}
