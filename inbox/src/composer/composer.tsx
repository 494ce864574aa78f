import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { CommandAnswer, ConversationDetail, SendBody } from '../../../src/contract/wire.ts';
import { asApiError } from '../api/http.ts';
import { renderCanned, sendCanned } from '../api/answers.ts';
import { runCommand } from '../api/operations.ts';
import { sendMessage } from '../api/talks.ts';
import { now } from '../state/clock.ts';
import { EMPTY_DRAFT, draftOf, writeDraft } from '../state/drafts.ts';
import { lastSeq } from '../state/merge.ts';
import { newClientId, post } from '../state/outbox.ts';
import { refreshDetail, threadOf } from '../state/threads.ts';
import { loadScheduled } from '../state/scheduled.ts';
import { attempt, tell } from '../state/toasts.ts';
import { addFiles, clearUploads, uploadsOf } from '../state/uploads.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { NoteBox } from '../ui/feedback.tsx';
import { AnswerButtons, givenLabels } from './answer-buttons.tsx';
import { Attachments } from './attachments.tsx';
import { CardBox } from './card-box.tsx';
import { CannedButton } from './canned-button.tsx';
import { isCanned, isCommand } from './commands.ts';
import { Completions } from './completions.tsx';
import { AttachButton, Hint, ModeSwitch } from './controls.tsx';
import { EmojiButton } from './emoji.tsx';
import { replyNotice, roomLeft } from './limits.ts';
import { parseMarkup } from './markup.ts';
import { Scheduled } from './scheduled.tsx';
import { SendLater } from './send-later.tsx';
import { Toolbar, insertText, wrapSelection } from './toolbar.tsx';
import { useLineCompletions } from './use-line-completions.ts';
import { useTypingSignal } from './typing-signal.ts';

const words = text.composer;

/** Where answers, internal notes and commands are written. */
export function Composer(props: {
  talk: ConversationDetail;
  writer: RefObject<HTMLTextAreaElement | null>;
}) {
  const { talk, writer } = props;
  const { id, capabilities } = talk;
  const draft = draftOf(id).value;
  const uploads = uploadsOf(id).value;
  const [answer, setAnswer] = useState<CommandAnswer | null>(null);
  const [running, setRunning] = useState(false);
  const tellTyping = useTypingSignal(id);
  const notice = replyNotice(talk, now.value);
  // Where no answer is possible the composer writes notes.
  const note = draft.mode === 'note' || (notice?.stops ?? false);
  const command = isCommand(draft.text);
  const completions = useLineCompletions(
    { typed: draft.text, note, lineId: talk.lineId },
    (line) => write(line),
    (cannedId) => void useCanned(cannedId),
  );

  const write = (typed: string) => {
    writeDraft(id, { text: typed });
    if (!isCommand(typed)) tellTyping(typed, note);
  };
  const setMode = (mode: 'reply' | 'note') => {
    writeDraft(id, { mode });
    writer.current?.focus();
  };
  useLayoutEffect(() => {
    const area = writer.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(area.scrollHeight, innerHeight * 0.4)}px`;
  }, [draft.text]);
  useEffect(() => {
    // On a phone the keyboard would cover the talk; whoever walks the list by keys goes on walking.
    const walks = document.activeElement?.matches('.talk-row:focus-visible') ?? false;
    if (!walks && matchMedia('(hover: hover)').matches)
      writer.current?.focus({ preventScroll: true });
  }, [id]);

  const useCanned = async (cannedId: string) => {
    const rendered = await attempt(renderCanned(cannedId, id));
    if (!rendered) return;
    // What was typed to find it makes room for it; anything else stays around it.
    if (isCanned(draftOf(id).peek().text)) write(rendered.text);
    else insertText(writer.current, rendered.text, '', write);
    writer.current?.focus();
  };

  const sendWithActs = async (cannedId: string) => {
    const seenSeq = lastSeq(threadOf(id).held.peek());
    const body = { conversationId: id, clientId: newClientId(), seenSeq };
    if (await attempt(sendCanned(cannedId, body))) tell('good', words.canned.sent);
    await refreshDetail(id);
  };

  const run = async (line: string) => {
    setRunning(true);
    try {
      const seenSeq = lastSeq(threadOf(id).held.peek());
      setAnswer(await runCommand(line, { conversationId: id, clientId: newClientId(), seenSeq }));
      if (draftOf(id).peek().text === line) writeDraft(id, { text: '' });
      await refreshDetail(id);
    } catch (error) {
      const { message, hint } = asApiError(error);
      tell('bad', message, hint);
    } finally {
      setRunning(false);
    }
  };

  const busy = uploads.some(({ done, error }) => !done.value && !error.value);
  const failed = uploads.some(({ error }) => error.value !== null);
  const full = draft.text.trim() !== '' || uploads.length > 0;
  // What was begun as a note stays one when answers become possible again: it must not reach the customer.
  const begunAsNote = note && full && draft.mode !== 'note';
  useEffect(() => {
    if (begunAsNote) writeDraft(id, { mode: 'note' });
  }, [begunAsNote, id]);
  const send = (sendAt?: Date) => {
    if (command) return void run(draft.text.trim());
    if (!full) return;
    if (isCanned(draft.text)) return tell('warn', words.canned.noSuch);
    if (busy) return tell('warn', words.uploading);
    if (failed) return tell('bad', words.failedFile);
    const labels = note ? [] : givenLabels(draft.buttons);
    if (labels.length > 0 && draft.text.trim() === '') return tell('warn', words.buttons.needText);
    const parsed =
      capabilities.text.formatting || note
        ? parseMarkup(draft.text.trim())
        : { text: draft.text.trim(), marks: [] };
    const files = uploads.flatMap(({ done }) => (done.value ? [done.value] : []));
    const body: SendBody = {
      clientId: newClientId(),
      seenSeq: lastSeq(threadOf(id).held.peek()),
      ...(parsed.text ? { text: parsed.text } : {}),
      ...(parsed.marks.length > 0 ? { marks: parsed.marks } : {}),
      ...(files.length > 0 ? { fileIds: files.map((file) => file.id) } : {}),
      ...(draft.replyTo && !note ? { replyToId: draft.replyTo.id } : {}),
      ...(labels.length > 0 ? { buttons: labels.map((label) => ({ label })) } : {}),
      ...(note ? { note: true } : {}),
    };
    if (sendAt) return void schedule(body, sendAt);
    post({ conversationId: id, files, replyText: draft.replyTo?.text ?? null, body });
    clear();
  };
  const clear = () => {
    clearUploads(id);
    writeDraft(id, { ...EMPTY_DRAFT, mode: draft.mode });
    tellTyping('', note);
    threadOf(id).readUpTo.value = null;
    writer.current?.focus();
  };

  /** Not by way of the outbox: a time to come is the server's to keep, and refused while the writer is here. */
  const schedule = async (body: SendBody, sendAt: Date) => {
    setRunning(true);
    if (await attempt(sendMessage(id, { ...body, sendAt: sendAt.toISOString() }))) {
      clear();
      tell('good', words.later.done(dateTime(sendAt.toISOString())));
      await loadScheduled(id);
    }
    setRunning(false);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || completions.onKey(event)) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (draft.replyTo) writeDraft(id, { replyTo: null });
      else writer.current?.blur();
    } else if (ctrl && event.key.toLowerCase() === 'm') {
      event.preventDefault();
      if (!notice?.stops) setMode(note ? 'reply' : 'note');
    } else if (ctrl && (event.key === 'b' || event.key === 'i') && capabilities.text.formatting) {
      event.preventDefault();
      wrapSelection(writer.current, event.key === 'b' ? '**' : '_', write);
    }
  };
  const left = note ? null : roomLeft(capabilities, draft.text);
  return (
    <>
      {answer && (
        <CardBox
          card={answer.card}
          onRun={(line) => void run(line)}
          onClose={() => setAnswer(null)}
        />
      )}
      <Scheduled conversationId={id} />
      {notice && (
        <div class="composer-notices">
          <NoteBox tone={notice.tone}>{notice.text}</NoteBox>
        </div>
      )}
      <form
        class={note ? 'composer note' : 'composer'}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Completions state={completions} />
        <div class="composer-top">
          <ModeSwitch note={note} onMode={(mode) => (notice?.stops ? undefined : setMode(mode))} />
        </div>
        {draft.replyTo && !note && (
          <div class="replying">
            <span class="reply-quote">
              <strong>{words.replyingTo(draft.replyTo.author)}</strong>
              <span>{draft.replyTo.text}</span>
            </span>
            <Button
              small
              tone="quiet"
              icon="cross"
              label={text.act.cancel}
              onClick={() => writeDraft(id, { replyTo: null })}
            />
          </div>
        )}
        <Attachments id={id} uploads={uploads} capabilities={note ? null : capabilities} />
        <textarea
          ref={writer}
          rows={1}
          dir="auto"
          value={draft.text}
          placeholder={note ? words.notePlaceholder : words.replyPlaceholder(talk.contact.name)}
          aria-label={note ? text.talks.internalNote : words.replyPlaceholder(talk.contact.name)}
          {...completions.aria}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length === 0) return;
            event.preventDefault();
            addFiles(id, files);
          }}
        />
        {!note && (
          <AnswerButtons
            labels={draft.buttons ?? []}
            capabilities={capabilities}
            onChange={(buttons) => writeDraft(id, { buttons })}
          />
        )}
        <div class="composer-bottom">
          <AttachButton id={id} />
          <EmojiButton writer={writer} onChange={write} />
          <CannedButton
            lineId={talk.lineId}
            onPick={(cannedId) => void useCanned(cannedId)}
            onSend={note ? null : (cannedId) => void sendWithActs(cannedId)}
          />
          {(capabilities.text.formatting || note) && <Toolbar writer={writer} onChange={write} />}
          {!note && (draft.buttons ?? []).length === 0 && (
            <Button
              class="wide-only"
              tone="quiet"
              icon="list"
              label={words.buttons.label}
              onClick={() => writeDraft(id, { buttons: ['', ''] })}
            />
          )}
          <Hint command={command} left={left} />
          {!note && !command && <SendLater disabled={!full || running} onPick={(at) => send(at)} />}
          <Button
            type="submit"
            tone="primary"
            icon={command ? 'command' : note ? 'note' : 'send'}
            busy={running}
            disabled={!full && !command}
          >
            {command ? words.run : note ? words.addNote : words.send}
          </Button>
        </div>
      </form>
    </>
  );
}
