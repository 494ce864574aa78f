import type { Mark } from '../../contract/inbound.ts';
import type { MediaKind } from '../../contract/capabilities.ts';

export type { Mark };

/** A piece of a stored message beside its text; files by id. */
export type MediaPart =
  | { kind: MediaKind; fileId: string; sticker?: boolean }
  | { kind: 'location'; latitude: number; longitude: number; title?: string; address?: string }
  | { kind: 'contact'; name: string; phones: string[]; emails?: string[]; own?: boolean }
  | { kind: 'unsupported'; what: string };

/** Ids of the files among a message's parts, in order. */
export function fileIdsOf(parts: readonly MediaPart[]): string[] {
  return parts.flatMap((part) => ('fileId' in part ? [part.fileId] : []));
}
