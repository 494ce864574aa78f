import type { Conversation } from '../../domain/conversations/conversation.ts';
import type { DomainEventOf } from '../../domain/events/events.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { may } from '../../domain/operators/permissions.ts';

/** Room of everybody who sees all talks. */
const ALL_TALKS = 'talks';
/** Room of those who may know who is there. */
export const PEOPLE = 'people';
/** Room of those who look after channels. */
export const CHANNELS = 'channels';
/** Rooms of those who may read contacts, leads, deals. */
export const RECORDS = { contact: 'contacts', lead: 'leads', deal: 'deals' } as const;
const ADMINISTRATORS = 'administrators';
const SUPERVISORS = 'supervisors';
/** Room of those who see all talks and look after others: what is silent for everybody else is shown to them. */
export const OVERSEERS = 'overseers';

/** Room of one person's devices. */
export const userRoom = (id: string): string => `user:${id}`;
const WATCH = 'watch:';
/** Room of those who have this talk before them. */
export const watchRoom = (conversationId: string): string => `${WATCH}${conversationId}`;
/** The talk of such a room; null: it is another kind of room. */
export const watchedIn = (room: string): string | null =>
  room.startsWith(WATCH) ? room.slice(WATCH.length) : null;
const lineRoom = (id: string): string => `line:${id}`;

/** The rooms that a person's rights open. */
export function roomsOf(who: Principal): string[] {
  const rooms = [userRoom(who.user.id)];
  const reach = who.grants['talk.read'];
  if (reach === 'all') rooms.push(ALL_TALKS);
  else if (reach) rooms.push(...who.lineIds.map(lineRoom));
  for (const kind of ['contact', 'lead', 'deal'] as const)
    if (may(who, `${kind}.read`)) rooms.push(RECORDS[kind]);
  if (may(who, 'user.read')) rooms.push(PEOPLE);
  if (may(who, 'channel.change')) rooms.push(CHANNELS);
  if (may(who, 'settings.change')) rooms.push(ADMINISTRATORS);
  if (who.grants['talk.intercept'] === 'all') rooms.push(SUPERVISORS);
  if (reach === 'all' && who.grants['talk.intercept'] === 'all') rooms.push(OVERSEERS);
  return rooms;
}

/** Whether a room is one that rights open, not one that a reader asked for. */
export const isOfRights = (room: string): boolean =>
  [
    ...[ALL_TALKS, PEOPLE, CHANNELS, ADMINISTRATORS, SUPERVISORS, OVERSEERS],
    ...Object.values(RECORDS),
  ].includes(room) || /^(line|user):/.test(room);

/** The rooms that hear of a talk in their lists. */
export function listeningRooms({ lineId, session }: Conversation): string[] {
  const rooms = [ALL_TALKS, lineRoom(lineId)];
  const people = [session.ownerId, session.offer?.operatorId, ...session.guests];
  return [...rooms, ...people.flatMap((id) => (id ? [userRoom(id)] : []))];
}

/** The rooms that hear who writes in a talk: those of its list, and those who watch it. */
export function typingRooms(talk: {
  conversationId: string;
  lineId: string;
  ownerId: string | null;
}): string[] {
  return [ALL_TALKS, lineRoom(talk.lineId), ...messageRooms(talk.conversationId, talk.ownerId)];
}

/** The rooms that get a talk's messages: those who watch it, and its owner. */
export function messageRooms(conversationId: string, ownerId: string | null): string[] {
  return ownerId ? [watchRoom(conversationId), userRoom(ownerId)] : [watchRoom(conversationId)];
}

/** The rooms that an alert goes to. */
export function audienceRooms(audience: DomainEventOf<'alert'>['audience']): string[] {
  if (audience === 'administrators') return [ADMINISTRATORS];
  if (audience === 'supervisors') return [SUPERVISORS, ADMINISTRATORS];
  const more = audience.and ? audienceRooms(audience.and) : [];
  return [...audience.userIds.map(userRoom), ...more];
}
