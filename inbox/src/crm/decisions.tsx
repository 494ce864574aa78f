import { listDecisions } from '../api/talks.ts';
import { userName } from '../state/people.ts';
import { text } from '../text/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Loading, Problem } from '../ui/feedback.tsx';
import { Relative } from '../ui/time.tsx';
import { useLoad } from '../ui/use-load.ts';

const words = text.crm;

/** Why the talk went where it went, every decision with whom it passed over. */
export function DecisionsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const loaded = useLoad(() => listDecisions(id), id);
  return (
    <Dialog title={words.decisions} wide onClose={onClose}>
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {loaded.loading && !loaded.value && <Loading />}
      {loaded.value?.items.length === 0 && <p class="muted">{words.decisionsEmpty}</p>}
      <ul class="decisions">
        {loaded.value?.items.map((decision) => (
          <li key={`${decision.at}${decision.act}`}>
            <strong>
              {words.act[decision.act]}{' '}
              {decision.operatorName ?? userName(decision.operatorId ?? null) ?? ''}
            </strong>{' '}
            <span class="muted">
              <Relative at={decision.at} />
            </span>
            <div>{decision.why}</div>
            {decision.excluded.length > 0 && (
              <>
                <div class="muted small-text">{words.excluded}</div>
                <ul>
                  {decision.excluded.map(({ operatorId, operatorName, why }) => (
                    <li key={operatorId}>
                      {operatorName ?? userName(operatorId) ?? operatorId}: {why}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
