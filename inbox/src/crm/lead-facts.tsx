import type { LeadStatus, LeadView } from '../../../src/contract/wire.ts';
import { changeLead } from '../api/crm.ts';
import { can } from '../state/session.ts';
import { attempt } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateOf } from '../text/time.ts';
import { Editable } from './editable.tsx';

const words = text.crm;
/** In the order of work. */
export const LEAD_STATUSES: readonly LeadStatus[] = ['new', 'in work', 'converted', 'junk'];

/** A lead's status and facts, changed in place. */
export function LeadFacts({
  lead,
  onChanged,
}: {
  lead: LeadView;
  onChanged: (lead: LeadView) => void;
}) {
  const readOnly = !can('lead.change');
  const setStatus = async (status: LeadStatus) => {
    const changed = await attempt(changeLead(lead.id, { status }));
    if (changed) onChanged(changed);
  };
  return (
    <dl class="facts">
      <div class="fact">
        <dt>{words.status}</dt>
        <dd>
          <select
            class="input"
            aria-label={words.status}
            disabled={readOnly}
            value={lead.status}
            onChange={(event) => void setStatus(event.currentTarget.value as LeadStatus)}
          >
            {LEAD_STATUSES.map((status) => (
              <option key={status} value={status}>
                {words.leadStatus[status]}
              </option>
            ))}
          </select>
        </dd>
      </div>
      <div class="fact">
        <dt>{words.owner}</dt>
        <dd>{lead.ownerName ?? text.nobody}</dd>
      </div>
      <div class="fact">
        <dt>{words.source}</dt>
        <dd>{lead.source.channelTitle ?? lead.source.channel}</dd>
      </div>
      <div class="fact">
        <dt>{words.created}</dt>
        <dd>{dateOf(lead.createdAt)}</dd>
      </div>
      <div class="fact">
        <dt>{words.note}</dt>
        <dd>
          <Editable
            label={words.note}
            value={lead.note}
            blank={words.addNote}
            multiline
            readOnly={readOnly}
            save={async (note) => {
              const changed = await changeLead(lead.id, { note });
              onChanged(changed);
              return changed;
            }}
          />
        </dd>
      </div>
    </dl>
  );
}
