import type { SettingsView } from '../../../src/contract/wire.ts';
import { changeSettings } from '../api/session.ts';
import { session } from '../state/session.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { timeZones } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Loading, Problem } from '../ui/feedback.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { SectionHead } from './section-head.tsx';
import { useForm } from '../ui/use-form.ts';

const words = text.settings.company;
const presence = text.away.settings;

function CompanyForm({ company }: { company: SettingsView }) {
  const form = useForm(company);
  const { value, set, error } = form;
  const save = async (event: Event) => {
    event.preventDefault();
    // The address is set where the server starts.
    const saved = await form.submit(({ publicUrl: _, ...change }) => changeSettings(change));
    if (!saved) return;
    if (session.value) session.value = { ...session.value, company: saved };
    tell('good', text.saved);
  };
  return (
    <form class="form" onSubmit={(event) => void save(event)}>
      <TextField
        label={words.name}
        value={value.companyName}
        onChange={(companyName) => set({ companyName })}
        problem={problemOf(error, 'companyName')}
      />
      <SelectField
        label={words.zone}
        value={value.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        problem={problemOf(error, 'timeZone')}
        options={[...new Set([value.timeZone, ...timeZones()])].map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
      />
      <div class="two">
        <TextField
          label={words.currency}
          value={value.currency}
          onChange={(currency) => set({ currency: currency.toUpperCase() })}
          help={words.currencyHelp}
          problem={problemOf(error, 'currency')}
        />
        <TextField
          label={words.language}
          value={value.language}
          onChange={(language) => set({ language })}
          help={words.languageHelp}
          problem={problemOf(error, 'language')}
        />
      </div>
      <div class="two">
        <TextField
          label={presence.idle}
          type="number"
          value={String(value.idleMinutes)}
          onChange={(typed) => set({ idleMinutes: Number(typed) })}
          help={presence.idleHelp}
          problem={problemOf(error, 'idleMinutes')}
        />
        <TextField
          label={presence.disconnect}
          type="number"
          value={String(value.disconnectMinutes)}
          onChange={(typed) => set({ disconnectMinutes: Number(typed) })}
          help={presence.disconnectHelp}
          problem={problemOf(error, 'disconnectMinutes')}
        />
      </div>
      <CheckField
        label={presence.pushText}
        help={presence.pushTextHelp}
        value={value.pushText}
        onChange={(pushText) => set({ pushText })}
      />
      <TextField
        label={words.url}
        value={value.publicUrl}
        onChange={() => {}}
        help={words.urlHelp}
        readOnly
      />
      {error && <Problem error={error} />}
      <div class="actions">
        <Button type="submit" tone="primary" busy={form.busy} disabled={!form.changed}>
          {text.act.save}
        </Button>
      </div>
    </form>
  );
}

/** What holds for the whole company. */
export function CompanySection() {
  const company = session.value?.company;
  return (
    <>
      <SectionHead title={text.settings.nav.company} intro={words.intro} />
      {company ? <CompanyForm company={company} /> : <Loading />}
    </>
  );
}
