import { z } from 'zod';
import type { Actions } from '../../src/contract/channel.ts';
import { messageNumber } from './address.ts';
import type { Client } from './client.ts';
import { refusedBy } from './outcome.ts';

const photos = z.object({
  photos: z.array(
    z.array(z.object({ file_id: z.string(), width: z.number(), height: z.number() })),
  ),
});

/** Big enough for a sharp round picture in the inbox. */
const ENOUGH_PX = 160;

/**
 * A person's photo; names come with every message. Null: there is none, or it is hidden from bots.
 * Throws when Telegram can not be asked. https://core.telegram.org/bots/api#getuserprofilephotos
 */
export async function readProfile(
  client: Client,
  personId: string,
): ReturnType<Actions['profile']> {
  const user_id = messageNumber(personId);
  if (user_id === null) return null;
  try {
    const result = photos.parse(await client.call('getUserProfilePhotos', { user_id, limit: 1 }));
    const sizes = (result.photos[0] ?? []).toSorted((a, b) => a.width - b.width);
    const photo = sizes.find((size) => size.width >= ENOUGH_PX) ?? sizes.at(-1);
    if (!photo) return null;
    const { file_id: ref, width, height } = photo;
    return { avatar: { ref, name: 'avatar.jpg', mime: 'image/jpeg', width, height } };
  } catch (error) {
    if (refusedBy(error)?.code === 400) return null;
    throw error;
  }
}
