import { to } from '../app/routes.ts';
import { TROUBLES } from '../app/routes.ts';
import type { TroubleKind } from '../app/routes.ts';
import { can } from '../state/session.ts';
import { text } from '../text/index.ts';
import { Deliveries } from './deliveries.tsx';
import { Quarantine } from './quarantine.tsx';

/** What did not arrive, at the customer or at us. */
export function TroublesPage({ kind }: { kind: TroubleKind }) {
  const words = text.troubles;
  const shown = TROUBLES.filter((one) => one !== 'quarantine' || can('quarantine.read'));
  return (
    <div class="page">
      <header class="page-head">
        <h1>{words.title}</h1>
      </header>
      <nav class="tabs" aria-label={words.title}>
        {shown.map((one) => (
          <a key={one} href={to.troubles(one)} aria-current={one === kind ? 'page' : undefined}>
            {words[one]}
          </a>
        ))}
      </nav>
      {kind === 'quarantine' ? <Quarantine /> : <Deliveries key={kind} state={kind} />}
    </div>
  );
}
