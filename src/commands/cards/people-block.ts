import type { Block } from '../../contract/card.ts';
import type { PresenceState, UserView } from '../../contract/wire.ts';

const WORDS: Record<PresenceState, string> = {
  online: 'online',
  break: 'on a break',
  offline: 'offline',
};

/** People with where they are and what they have. */
export function peopleBlock(people: readonly UserView[]): Block {
  return {
    kind: 'list',
    items: people.map(({ name, handle, presence, away, load, maxTalks }) => ({
      title: `${name} (@${handle})`,
      detail: `${away && presence === 'online' ? away.why.replace(/\.$/, '') : WORDS[presence]}, ${load}${maxTalks === null ? '' : ` of ${maxTalks}`} ${load === 1 && maxTalks === null ? 'talk' : 'talks'}`,
    })),
  };
}
