import { useState } from 'preact/hooks';
import type { FlowView } from '../../../src/contract/wire.ts';
import { createFlow } from '../api/flows.ts';
import { SectionHead } from '../settings/section-head.tsx';
import { useForm } from '../ui/use-form.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/feedback.tsx';
import { ChoiceField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { TEMPLATES } from './templates.ts';
import type { TemplateName } from './templates.ts';

const words = text.flows;
const NAMES = Object.keys(TEMPLATES) as TemplateName[];

/** A new flow, from nothing or from an example. */
export function NewFlow({ onMade }: { onMade: (flow: FlowView) => void }) {
  const [template, setTemplate] = useState<TemplateName>('menu');
  const form = useForm({ name: '' });
  const make = async (event: Event) => {
    event.preventDefault();
    const made = await form.submit(({ name }) =>
      createFlow({ name, draft: TEMPLATES[template]() }),
    );
    if (made) onMade(made);
  };
  return (
    <>
      <SectionHead title={words.add} intro={words.intro} />
      <form class="form" onSubmit={(event) => void make(event)}>
        <TextField
          label={words.name}
          help={words.nameHelp}
          required
          value={form.value.name}
          problem={problemOf(form.error, 'name')}
          onChange={(name) => form.set({ name })}
        />
        <ChoiceField
          label={words.start}
          two
          value={template}
          options={NAMES.map((value) => ({
            value,
            title: words.templates[value][0] ?? value,
            help: words.templates[value][1],
          }))}
          onChange={setTemplate}
        />
        {form.error && !form.error.field && <Problem error={form.error} />}
        <div class="actions">
          <Button type="submit" tone="primary" busy={form.busy}>
            {words.create}
          </Button>
        </div>
      </form>
    </>
  );
}
