import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Right } from '../../../src/contract/rights.ts';
import type {
  CommandAnswer,
  CommandView,
  ConversationView,
  SearchView,
} from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import { search } from '../api/crm.ts';
import { runCommand } from '../api/operations.ts';
import { listTalks } from '../api/talks.ts';
import { CardBox } from '../composer/card-box.tsx';
import { commands, loadCommands } from '../composer/commands.ts';
import { currentTalk } from '../state/current-talk.ts';
import { nameMatches } from '../state/placing.ts';
import { may } from '../state/session.ts';
import { knownTalks } from '../state/talks.ts';
import { ACTS } from '../talks/acts.ts';
import type { ActName } from '../talks/acts.ts';
import { tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { useModal } from '../ui/dialog.tsx';
import { channelIcon } from '../ui/channel-icon.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { navigate } from './navigate.ts';
import { SECTIONS, SECTION_RIGHTS, placeOf, to } from './routes.ts';

/** What the server finds. */
type Found = SearchView & { talks: readonly ConversationView[] };

async function find(q: string, signal: AbortSignal): Promise<Found> {
  const [records, { items }] = await Promise.all([
    search(q, signal),
    listTalks({ q }, null, 6, signal),
  ]);
  return { ...records, talks: items };
}

interface Option {
  group: string;
  icon: IconName;
  label: string;
  detail?: string;
  /** Where it leads, or the command it runs, or the text it completes to. */
  act: { go: string } | { run: string } | { complete: string } | { talk: ActName };
}

const words = text.palette;
const PAGES: readonly [IconName, string, string, Right | null][] = [
  ['inbox', text.nav.inbox, to.inbox('mine'), null],
  ['clock', text.talks.tabs.waiting, to.inbox('waiting'), null],
  ['person', text.nav.contacts, to.contacts(), null],
  ['lead', text.nav.leads, to.leads(), null],
  ['deal', text.nav.deals, to.deals(), null],
  ['board', text.nav.board, to.board(), 'talk.intercept'],
  ['warning', text.nav.troubles, to.troubles(), 'delivery.read'],
  ...SECTIONS.map((section): [IconName, string, string, Right | null] => [
    'settings',
    `${text.settings.title}: ${text.settings.nav[section]}`,
    to.settings(section),
    SECTION_RIGHTS[section],
  ]),
];
/** The pages that the reader has. */
const pageOptions = (typed: string): Option[] =>
  PAGES.filter(([, label, , right]) => may(right) && label.toLowerCase().includes(typed)).map(
    ([icon, label, go]) => ({ group: words.pages, icon, label, act: { go } }),
  );

function commandOptions(line: string, all: readonly CommandView[]): Option[] {
  const typed = line.slice(1).trim().toLowerCase();
  const name = (command: CommandView) => command.name.toLowerCase();
  const fitting = all.filter(
    (command) => name(command).startsWith(typed) || typed.startsWith(name(command)),
  );
  const run: Option[] = typed
    ? [
        {
          group: words.commands,
          icon: 'command',
          label: line,
          detail: words.run,
          act: { run: line },
        },
      ]
    : [];
  return [
    ...run,
    ...fitting.map((command) => ({
      group: words.commands,
      icon: 'command' as const,
      label: command.usage,
      detail: command.summary,
      act: { complete: `/${command.name} ` },
    })),
  ];
}

function foundOptions(found: Found | null): Option[] {
  if (!found) return [];
  return [
    ...found.contacts.map((contact) => ({
      group: words.contacts,
      icon: 'person' as const,
      label: contact.name,
      detail: contact.phones[0] ?? contact.emails[0] ?? '',
      act: { go: to.contacts(contact.id) },
    })),
    ...found.leads.map((lead) => ({
      group: words.leads,
      icon: 'lead' as const,
      label: `L${lead.number} ${lead.name}`,
      detail: text.crm.leadStatus[lead.status],
      act: { go: to.leads(lead.id) },
    })),
    ...found.deals.map((deal) => ({
      group: words.deals,
      icon: 'deal' as const,
      label: `#${deal.number} ${deal.title}`,
      detail: deal.stage,
      act: { go: to.deals(deal.id) },
    })),
  ];
}

/** Talks by the customer's name: those that this page knows at once, the others when the server has found them. */
const talkOptions = (q: string, found: readonly ConversationView[]): Option[] =>
  [...new Map([...knownTalks(), ...found].map((talk) => [talk.id, talk])).values()]
    .filter((talk) => nameMatches(talk.contact.name, q))
    .slice(0, 6)
    .map((talk) => ({
      group: words.talks,
      icon: channelIcon(talk.channelType),
      label: talk.contact.name,
      detail: `${talk.lineName} · ${text.talks.state[talk.state]}`,
      act: { go: to.inbox(talk.state === 'closed' ? 'closed' : 'open', talk.id) },
    }));

/** What can be done with the talk on the screen. */
function actOptions(typed: string): Option[] {
  const current = currentTalk.value;
  if (!current) return [];
  return ACTS.filter((act) => act.may(current.talk))
    .map((act) => ({
      group: `${words.acts}: ${current.talk.contact.name}`,
      icon: act.icon,
      label: act.label(current.talk),
      ...(act.key ? { detail: act.key } : {}),
      act: { talk: act.name },
    }))
    .filter(({ label }) => label.toLowerCase().includes(typed));
}

/** Finds anything and runs commands, by keyboard. */
export function Palette({ onClose }: { onClose: () => void }) {
  const modal = useModal(onClose);
  const [line, setLine] = useState('');
  const [picked, setPicked] = useState(0);
  const [found, setFound] = useState<Found | null>(null);
  const [answer, setAnswer] = useState<CommandAnswer | null>(null);
  const q = useDebounced(line.trim(), 180);
  const isCommand = line.startsWith('/') || line.startsWith('!');
  useEffect(() => {
    if (isCommand) void loadCommands();
  }, [isCommand]);
  useEffect(() => {
    setFound(null);
    if (q.length < 2 || isCommand) return;
    const stop = new AbortController();
    find(q, stop.signal).then(setFound, (error: unknown) => {
      const { code, message, hint } = asApiError(error);
      if (code !== 'aborted' && code !== 'offline') tell('bad', message, hint);
    });
    return () => stop.abort();
  }, [q, isCommand]);
  const all = commands.value ?? [];
  const options = useMemo(() => {
    if (isCommand) return commandOptions(line, all);
    const typed = line.trim().toLowerCase();
    const pages = pageOptions(typed);
    const acts = actOptions(typed);
    return typed
      ? [...acts, ...talkOptions(typed, found?.talks ?? []), ...foundOptions(found), ...pages]
      : [...acts, ...pages];
  }, [line, found, all, isCommand]);
  const current = Math.min(picked, options.length - 1);

  const run = async (command: string) => {
    const place = placeOf(location.pathname);
    try {
      const talk = place.at === 'inbox' && place.id ? { conversationId: place.id } : {};
      setAnswer(await runCommand(command, talk));
    } catch (error) {
      const { message, hint } = asApiError(error);
      tell('bad', message, hint);
    }
  };
  const pick = (option: Option | undefined) => {
    if (!option) return;
    if ('go' in option.act) {
      onClose();
      navigate(option.act.go);
    } else if ('talk' in option.act) {
      const { talk: name } = option.act;
      onClose();
      // The palette gives the focus back first: what the act asks takes it then.
      setTimeout(() => currentTalk.peek()?.act(name));
    } else if ('run' in option.act) void run(option.act.run);
    else setLine(option.act.complete);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setPicked((current + step + options.length) % Math.max(1, options.length));
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      pick(options[current]);
    }
  };
  useEffect(() => {
    document.getElementById(`palette-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <dialog {...modal} class="palette" aria-label={words.label}>
      <input
        value={line}
        placeholder={words.placeholder}
        aria-label={words.placeholder}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls="palette-results"
        aria-activedescendant={options.length > 0 ? `palette-${current}` : undefined}
        onInput={(event) => {
          setLine(event.currentTarget.value);
          setPicked(0);
          setAnswer(null);
        }}
        onKeyDown={onKeyDown}
      />
      {answer && (
        <CardBox
          card={answer.card}
          onRun={(command) => void run(command)}
          onClose={() => setAnswer(null)}
        />
      )}
      <div class="results" id="palette-results" role="listbox" aria-label={words.label}>
        {options.length === 0 && <div class="group">{words.nothing}</div>}
        {options.map((option, index) => (
          <div key={`${option.group}${index}`}>
            {options[index - 1]?.group !== option.group && (
              <div class="group" role="presentation">
                {option.group}
              </div>
            )}
            <div
              id={`palette-${index}`}
              class="option"
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              onMouseMove={() => setPicked(index)}
              // Before the field loses the focus; the keyboard's way is the field's Enter.
              onMouseDown={(event) => {
                event.preventDefault();
                pick(option);
              }}
            >
              <Icon name={option.icon} />
              <span class="clip">{option.label}</span>
              {option.detail && <span class="detail clip">{option.detail}</span>}
            </div>
          </div>
        ))}
      </div>
    </dialog>
  );
}
