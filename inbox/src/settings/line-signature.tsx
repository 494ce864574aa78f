import type { LineBody } from '../api/lines.ts';
import { session } from '../state/session.ts';
import { text } from '../text/index.ts';
import { CheckField, TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import type { FormState } from '../ui/use-form.ts';

const words = text.settings.lines.signature;
const OFF = { on: false, text: '' };

/** As the server fills it in, for the reader's own name. */
function filledIn(signature: string, lineName: string): string {
  const me = session.value?.user.name ?? '';
  const values: Record<string, string> = {
    'operator.name': me,
    'operator.firstName': me.split(/\s+/)[0] ?? '',
    'line.name': lineName,
    'company.name': session.value?.company.companyName ?? '',
    'contact.name': words.customer,
    'contact.firstName': words.customer,
  };
  return signature.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** What stands under answers of this line, with a look at it. */
export function LineSignature({ form }: { form: FormState<LineBody> }) {
  const { value, set, error } = form;
  const signature = value.signature ?? OFF;
  return (
    <>
      <h2>{words.title}</h2>
      <CheckField
        label={words.on}
        help={words.onHelp}
        value={signature.on}
        onChange={(on) => set({ signature: { ...signature, on } })}
      />
      {signature.on && (
        <>
          <TextField
            label={words.text}
            help={words.textHelp}
            value={signature.text}
            multiline
            problem={problemOf(error, 'signature') ?? problemOf(error, 'text')}
            onChange={(typed) => set({ signature: { ...signature, text: typed } })}
          />
          {signature.text.trim() !== '' && (
            <figure class="signature">
              <figcaption class="label">{words.preview}</figcaption>
              <p class="bubble">
                {words.sample}
                {'\n\n'}
                {filledIn(signature.text, value.name).trim()}
              </p>
            </figure>
          )}
        </>
      )}
    </>
  );
}
