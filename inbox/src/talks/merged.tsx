import { useState } from 'preact/hooks';
import type {
  ConversationDetail,
  LinkedTalkView,
  MessageView,
} from '../../../src/contract/wire.ts';
import { mergeTalk, readMessages, unmergeTalk } from '../api/talks.ts';
import { to } from '../app/routes.ts';
import { refreshDetail } from '../state/threads.ts';
import { attempt, tell } from '../state/toasts.ts';
import { text } from '../text/index.ts';
import { dateOf, dateTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Loading, Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuItem, Popup } from '../ui/menu.tsx';
import { useLoad } from '../ui/use-load.ts';
import { EventLine } from './event-line.tsx';
import { Parts } from './parts.tsx';

const words = text.merge;
const PAGE = 100;

/** Where another talk of the person took place, and when. */
const placeOf = ({ channelName, chat }: LinkedTalkView): string => `${channelName} · ${chat}`;
const timeOf = ({ createdAt, lastAt }: LinkedTalkView): string => {
  const [from, until] = [dateOf(createdAt), dateOf(lastAt ?? createdAt)];
  return from === until ? from : `${from} – ${until}`;
};

/** Chooses which talk of the same person is merged into this one. */
export function MergePicker(props: {
  anchor: () => HTMLElement | null;
  talk: ConversationDetail;
  onPick: (work: ReturnType<typeof mergeTalk>) => void;
  onClose: () => void;
}) {
  const { talk } = props;
  return (
    <Popup anchor={props.anchor} label={words.title} onClose={props.onClose}>
      <div class="caption">{words.title}</div>
      {(talk.duplicates ?? []).map((other) => (
        <MenuItem
          key={other.id}
          icon="link"
          onPick={() => props.onPick(mergeTalk(talk.id, other.id))}
        >
          <span class="clip">{placeOf(other)}</span>
          <span class="detail">{timeOf(other)}</span>
        </MenuItem>
      ))}
      <p class="help menu-help">{words.help}</p>
    </Popup>
  );
}

function Said({ message }: { message: MessageView }) {
  if (message.direction === 'event') return <EventLine message={message} />;
  return (
    <article class={message.direction === 'note' ? 'said note' : 'said'}>
      <p class="muted small-text">
        <strong>{message.author.name}</strong> {dateTime(message.at)}
      </p>
      {message.removedAt ? (
        <span class="removed">{text.talks.removed}</span>
      ) : (
        <Parts parts={message.parts} text={message.text} />
      )}
    </article>
  );
}

/** What was said in a merged talk, page by page from its end. */
function MergedDialog({ talk, onClose }: { talk: LinkedTalkView; onClose: () => void }) {
  const [before, setBefore] = useState<number | null>(null);
  const [later, setLater] = useState<readonly MessageView[]>([]);
  const loaded = useLoad(
    () => readMessages(talk.id, { limit: PAGE, ...(before === null ? {} : { beforeSeq: before }) }),
    `${talk.id}${before}`,
  );
  const items = loaded.value?.items ?? [];
  const first = items[0]?.seq ?? 1;
  return (
    <Dialog title={placeOf(talk)} wide onClose={onClose}>
      <p class="muted">{words.readOnly}</p>
      {loaded.error && <Problem error={loaded.error} retry={loaded.again} />}
      {loaded.loading && <Loading />}
      {!loaded.loading && first > 1 && (
        <Button
          small
          onClick={() => {
            setLater([...items, ...later]);
            setBefore(first);
          }}
        >
          {words.earlier}
        </Button>
      )}
      <div class="saids">
        {[...items, ...later].map((message) => (
          <Said key={message.id} message={message} />
        ))}
      </div>
      <div class="actions">
        <a class="button" href={to.inbox('closed', talk.id)} onClick={onClose}>
          {words.open}
        </a>
      </div>
    </Dialog>
  );
}

/** The pages of a merged talk, as a line of the history. */
export function MergedRow({ talk }: { talk: LinkedTalkView }) {
  const [open, setOpen] = useState(false);
  return (
    <div class="merged-row">
      <Button small icon="link" onClick={() => setOpen(true)}>
        {words.row(talk.seq, placeOf(talk), timeOf(talk))}
      </Button>
      {open && <MergedDialog talk={talk} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** The merged talks of a talk, with a way to part them; or what it is merged into. */
export function MergedTalks({ talk }: { talk: ConversationDetail }) {
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<LinkedTalkView | null>(null);
  const merged = talk.merged ?? [];
  if (merged.length === 0 && !talk.mergedInto) return null;
  const part = async (other: LinkedTalkView) => {
    setBusy(true);
    if (await attempt(unmergeTalk(talk.id, other.id))) tell('good', words.parted);
    await refreshDetail(talk.id);
    setBusy(false);
  };
  return (
    <section class="section">
      <h3>{words.section}</h3>
      {talk.mergedInto && (
        <p>
          <a href={to.inbox('open', talk.mergedInto)}>{words.into}</a>
        </p>
      )}
      <ul class="merged">
        {merged.map((other) => (
          <li key={other.id}>
            <Icon name="link" small />
            <button type="button" class="link grow" onClick={() => setShown(other)}>
              {placeOf(other)}
            </button>
            {other.state !== 'closed' && <span class="chip warn">{text.talks.state.open}</span>}
            <Button small tone="quiet" disabled={busy} onClick={() => void part(other)}>
              {words.part}
            </Button>
          </li>
        ))}
      </ul>
      {shown && <MergedDialog talk={shown} onClose={() => setShown(null)} />}
    </section>
  );
}
