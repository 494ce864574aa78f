/** One open connection of a device. */
export interface OpenLink {
  userId: string;
  deviceId: string;
  /** Talks it has before it. */
  talks: Set<string>;
  /** Whether its page is before its person's eyes. */
  looking: boolean;
  /** The last touch that was stored. */
  activeAt: Date;
}

/** The connections of this process. */
export interface Links {
  add(link: OpenLink): void;
  /** Whether the device has others. */
  remove(link: OpenLink): boolean;
  deviceIds(): string[];
  /** Whether somebody has this talk before their eyes. */
  isLooking(userId: string, conversationId: string): boolean;
}

/** None are open yet. */
export function createLinks(): Links {
  const byUser = new Map<string, Set<OpenLink>>();
  const ofUser = (userId: string): ReadonlySet<OpenLink> => byUser.get(userId) ?? new Set();
  return {
    add(link) {
      byUser.set(link.userId, new Set([...ofUser(link.userId), link]));
    },
    remove(link) {
      const left = new Set([...ofUser(link.userId)].filter((other) => other !== link));
      if (left.size > 0) byUser.set(link.userId, left);
      else byUser.delete(link.userId);
      return [...left].some(({ deviceId }) => deviceId === link.deviceId);
    },
    deviceIds: () => [
      ...new Set([...byUser.values()].flatMap((links) => [...links].map((link) => link.deviceId))),
    ],
    isLooking: (userId, conversationId) =>
      [...ofUser(userId)].some((link) => link.looking && link.talks.has(conversationId)),
  };
}
