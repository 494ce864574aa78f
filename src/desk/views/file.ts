import { timingSafeEqual } from 'node:crypto';
import type { FileView } from '../../contract/wire.ts';
import type { StoredFile } from '../../domain/conversations/file.ts';
import type { Desk } from '../desk.ts';

type Signing = Pick<Desk, 'keys' | 'clock'>;

const DAY_MS = 86_400_000;

/**
 * The signed path that reads a file: `/files/ID/NAME?e=…&s=…`. Good for one to two days; the same all day long, so that
 * browsers keep what they have.
 */
export function fileUrl({ keys, clock }: Signing, id: string, name: string): string {
  const expires = (Math.floor(clock.now().getTime() / DAY_MS) + 2) * (DAY_MS / 1000);
  return `/files/${id}/${encodeURIComponent(name)}?e=${expires}&s=${keys.sign('file', `${id}.${expires}`)}`;
}

/** Whether `e` and `s` of such a path are ours and not over. */
export function isFileUrlGood(
  { keys, clock }: Signing,
  id: string,
  expires: string,
  signature: string,
): boolean {
  const expected = Buffer.from(keys.sign('file', `${id}.${expires}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  return Number(expires) * 1000 > clock.now().getTime();
}

/** A stored file as browsers see it. */
export function fileView(desk: Signing, file: StoredFile): FileView {
  return {
    id: file.id,
    name: file.name,
    mime: file.mime,
    size: file.size,
    ...(file.width !== null && { width: file.width }),
    ...(file.height !== null && { height: file.height }),
    ...(file.durationMs !== null && { durationMs: file.durationMs }),
    state: file.state,
    ...(file.detail !== '' && { detail: file.detail }),
    url: file.state === 'ready' ? fileUrl(desk, file.id, file.name) : null,
  };
}
