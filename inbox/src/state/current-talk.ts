import { signal } from '@preact/signals';
import type { ConversationDetail } from '../../../src/contract/wire.ts';
import type { ActName } from '../talks/acts.ts';

/** The talk on the screen and how to act on it, for the palette; null: none is open. */
export const currentTalk = signal<{
  talk: ConversationDetail;
  act(name: ActName): void;
} | null>(null);
