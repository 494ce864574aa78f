import type { LeadStatus, LeadView } from '../../../src/contract/wire.ts';
import { changeLead } from '../api/crm.ts';
import { can } from '../state/session.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateOf } from '../text/time.ts';
import { Fact, OwnerFact, TextFact } from './fact.tsx';

const words = text.crm;
/** In the order of work. */
export const LEAD_STATUSES: readonly LeadStatus[] = ['new', 'in work', 'converted', 'junk'];

/** Where a lead came from, as people call it. */
export const sourceOf = ({ source }: LeadView): string =>
  source.channelTitle ?? (source.channel === 'manual' ? words.byHand : source.channel);

/** A lead's status and facts, changed in place. */
export function LeadFacts({
  lead,
  onChanged,
}: {
  lead: LeadView;
  onChanged: (lead: LeadView) => void;
}) {
  const readOnly = !can('lead.change');
  const save = async (change: Parameters<typeof changeLead>[1]) => {
    const changed = await changeLead(lead.id, change);
    onChanged(changed);
    return changed;
  };
  return (
    <dl class="facts">
      <Fact label={words.status}>
        <select
          class="input"
          aria-label={words.status}
          disabled={readOnly}
          value={lead.status}
          onChange={(event) =>
            void attempt(save({ status: event.currentTarget.value as LeadStatus }))
          }
        >
          {LEAD_STATUSES.map((status) => (
            <option key={status} value={status}>
              {words.leadStatus[status]}
            </option>
          ))}
        </select>
      </Fact>
      <OwnerFact
        ownerId={lead.ownerId}
        ownerName={lead.ownerName}
        readOnly={readOnly}
        save={(ownerId) => save({ ownerId })}
      />
      <Fact label={words.source}>{sourceOf(lead)}</Fact>
      <Fact label={words.created}>{dateOf(lead.createdAt)}</Fact>
      <TextFact
        label={words.note}
        value={lead.note}
        blank={words.addNote}
        multiline
        readOnly={readOnly}
        save={(note) => save({ note })}
      />
    </dl>
  );
}
