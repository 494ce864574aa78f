import type { LineTargetsView } from '../../../src/contract/wire.ts';
import type { LineBody } from '../api/lines.ts';
import { text } from '../text/index.ts';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import type { FormState } from '../ui/use-form.ts';

const words = text.settings.lines.targets;
const NONE: LineTargetsView = {
  firstAnswerMinutes: null,
  nextAnswerMinutes: null,
  resolutionMinutes: null,
  warnPercent: 80,
};
const KINDS = ['firstAnswerMinutes', 'nextAnswerMinutes', 'resolutionMinutes'] as const;
const shown = (minutes: number | null | undefined) => (minutes ? String(minutes) : '');
const minutesOf = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

/** What is promised to customers, in the line's working time; and when a silent talk ends by itself. */
export function LineTargets({ form }: { form: FormState<LineBody> }) {
  const { value, set, error } = form;
  const targets = value.targets ?? NONE;
  const change = (part: Partial<LineTargetsView>) => set({ targets: { ...targets, ...part } });
  return (
    <>
      <h2>{words.title}</h2>
      <p class="help">{words.help}</p>
      <div class="two">
        {KINDS.map((kind) => (
          <TextField
            key={kind}
            label={words.kind[kind][0] ?? kind}
            help={words.kind[kind][1]}
            type="number"
            value={shown(targets[kind])}
            problem={problemOf(error, kind)}
            onChange={(typed) => change({ [kind]: minutesOf(typed) })}
          />
        ))}
        <TextField
          label={words.warn}
          help={words.warnHelp}
          type="number"
          value={String(targets.warnPercent)}
          problem={problemOf(error, 'warnPercent')}
          onChange={(typed) => change({ warnPercent: Number(typed) })}
        />
      </div>
      <TextField
        label={words.autoClose}
        help={words.autoCloseHelp}
        type="number"
        value={shown(value.autoCloseMinutes)}
        problem={problemOf(error, 'autoCloseMinutes')}
        onChange={(typed) => set({ autoCloseMinutes: minutesOf(typed) })}
      />
    </>
  );
}
