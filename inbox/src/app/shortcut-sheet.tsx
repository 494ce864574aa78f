import { text } from '../text/index.ts';
import { Dialog } from '../ui/dialog.tsx';

const words = text.keys;
const GROUPS: readonly { title: string; keys: readonly [string, string][] }[] = [
  {
    title: words.groups.everywhere,
    keys: [
      ['Ctrl K', words.palette],
      ['?', words.help],
      ['Alt 1', words.goInbox],
      ['Alt 2', words.goContacts],
      ['Alt 3', words.goLeads],
      ['Alt 4', words.goDeals],
      ['Alt 5', words.goBoard],
    ],
  },
  {
    title: words.groups.list,
    keys: [
      ['j', words.next],
      ['k', words.previous],
      ['Enter', words.open],
      ['x', words.choose],
      ['f', words.search],
      ['1 – 4', words.tabs],
    ],
  },
  {
    title: words.groups.talk,
    keys: [
      ['r', words.reply],
      ['n', words.note],
      ['t', words.take],
      ['s', words.skip],
      ['a', words.transfer],
      ['z', words.snooze],
      ['v', words.invite],
      ['p', words.pin],
      ['#', words.tag],
      ['c', words.close],
      ['!', words.spam],
      ['o', words.reopen],
      ['i', words.details],
      ['Esc', words.back],
    ],
  },
  {
    title: words.groups.composer,
    keys: [
      ['Enter', words.send],
      ['Shift Enter', words.newLine],
      ['/', words.command],
      ['//', words.canned],
      ['Ctrl M', words.swap],
      ['Ctrl B / I', words.bold],
    ],
  },
];

/** All shortcuts. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.title} wide onClose={onClose}>
      <div class="shortcut-grid">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            {keys.map(([key, what]) => (
              <div key={key}>
                <span>{what}</span>
                <kbd>{key}</kbd>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
