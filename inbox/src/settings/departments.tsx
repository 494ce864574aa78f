import type { DepartmentView } from '../../../src/contract/wire.ts';
import { createDepartment, removeDepartment, renameDepartment } from '../api/people.ts';
import { to } from '../app/routes.ts';
import { Editable } from '../crm/editable.tsx';
import { departments, loadDepartments, users } from '../state/people.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { TextField } from '../ui/field.tsx';
import { problemOf } from '../ui/problem.ts';
import { useForm } from '../ui/use-form.ts';
import { SectionHead } from './section-head.tsx';

const words = text.settings.departments;

function NewDepartment() {
  const form = useForm({ name: '' });
  const add = async (event: Event) => {
    event.preventDefault();
    const made = await form.submit(({ name }) => createDepartment(name.trim()));
    if (!made) return;
    form.reset({ name: '' });
    tell('good', words.created(made.name));
    await loadDepartments();
  };
  const problem = problemOf(form.error, 'name');
  return (
    <form class="form" onSubmit={(event) => void add(event)}>
      <TextField
        label={words.add}
        value={form.value.name}
        onChange={(name) => form.set({ name })}
        placeholder={words.example}
        problem={problem}
        required
      />
      {form.error && !problem && <Problem error={form.error} />}
      <div class="actions">
        <Button type="submit" busy={form.busy}>
          {text.act.add}
        </Button>
      </div>
    </form>
  );
}

function Department({ department }: { department: DepartmentView }) {
  const people = (users.value ?? []).filter(({ departmentId }) => departmentId === department.id);
  const remove = async () => {
    if ((await attempt(removeDepartment(department.id).then(() => true))) === null) return;
    tell('good', words.removed(department.name));
    await loadDepartments();
  };
  return (
    <li>
      <div class="item-row">
        <span class="grow">
          <strong>
            <Editable
              label={words.name}
              value={department.name}
              blank=""
              save={async (name) => {
                await renameDepartment(department.id, name);
                await loadDepartments();
              }}
            />
          </strong>
          <span class="small-text people-of">
            {people.length === 0 && <span class="muted">{words.nobody}</span>}
            {people.map(({ id, name }) => (
              <a key={id} href={to.settings('people', id)}>
                {name}
              </a>
            ))}
          </span>
        </span>
        <Button
          small
          tone="quiet"
          icon="trash"
          label={`${text.act.remove}: ${department.name}`}
          title={people.length > 0 ? words.inUse : undefined}
          disabled={people.length > 0}
          onClick={() => void remove()}
        />
      </div>
    </li>
  );
}

/** Parts of the company: lists can be limited to one, rights can reach as far as one's own. */
export function DepartmentsSection() {
  const all = departments.value;
  return (
    <div class="departments">
      <SectionHead title={text.settings.nav.departments} intro={words.intro} />
      {all === null && <Loading />}
      {all?.length === 0 && <Empty icon="people" title={words.empty} help={words.emptyHelp} />}
      {all && all.length > 0 && (
        <ul class="items">
          {all.map((one) => (
            <Department key={one.id} department={one} />
          ))}
        </ul>
      )}
      <NewDepartment />
    </div>
  );
}
