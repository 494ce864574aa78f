import { z } from 'zod';
import { messageOf, Refusal } from '../../base/errors.ts';
import { newUuid } from '../../base/ids.ts';
import type { ErrorBody, ResumeAnswer } from '../../contract/wire.ts';
import type { Desk } from '../../desk/desk.ts';
import { visibleTalk } from '../../desk/talks/access.ts';
import { resumeTalk } from '../../desk/talks/resume-talk.ts';
import { showTyping } from '../../desk/talks/show-typing.ts';
import { defect, errorBody } from '../../desk/views/error.ts';
import { watchRoom } from './rooms.ts';
import type { StaffSocket } from './staff.ts';

const conversationId = z.string().regex(/^[0-9a-f]{24}$/, 'This is no id.');
const resumeRequest = z.object({
  conversationId,
  afterSeq: z.int().min(0),
  since: z.iso.datetime({ offset: true }).optional(),
});
const watchedOne = z.object({ conversationId });
const typingRequest = z.object({ conversationId, on: z.boolean(), note: z.boolean().optional() });

/** Most talks that one device has before it at once. */
const MOST_WATCHED = 100;

type Answer = (reply: ResumeAnswer | ErrorBody) => void;

/** Answers what an operator's device asks for. Whatever it sends, only it hears of its mistake. */
export function answerCalls(desk: Desk, socket: StaffSocket): void {
  const watched = new Set<string>();

  const answered = async (answer: unknown, work: () => Promise<ResumeAnswer>): Promise<void> => {
    const reply: Answer = typeof answer === 'function' ? (answer as Answer) : () => {};
    try {
      reply(await work());
    } catch (error) {
      reply(errorBody(refusalOf(desk, error), newUuid()));
    }
  };

  const resume = (given: unknown): Promise<ResumeAnswer> => {
    const { since, ...rest } = readCall(resumeRequest, given);
    return resumeTalk(desk, socket.data.who, {
      ...rest,
      ...(since === undefined ? {} : { since }),
    });
  };

  socket.on('watch', (given, answer) =>
    answered(answer, async () => {
      const { conversationId: id } = readCall(resumeRequest, given);
      await visibleTalk(desk, socket.data.who, id);
      if (watched.size >= MOST_WATCHED && !watched.has(id))
        throw new Refusal('too_many', `Watch at most ${MOST_WATCHED} talks at once.`);
      watched.add(id);
      // First the room, then the answer: a message in between comes twice, never not at all.
      await socket.join(watchRoom(id));
      return resume(given);
    }),
  );
  socket.on('resume', (given, answer) => answered(answer, () => resume(given)));
  socket.on('unwatch', (given) => {
    const request = watchedOne.safeParse(given);
    if (!request.success) return;
    watched.delete(request.data.conversationId);
    void socket.leave(watchRoom(request.data.conversationId));
  });
  socket.on('typing', (given) => {
    const request = typingRequest.safeParse(given);
    if (!request.success) return;
    const { conversationId: id, on, note = false } = request.data;
    showTyping(desk, socket.data.who, id, on, note).catch((error: unknown) => {
      if (!(error instanceof Refusal)) refusalOf(desk, error);
    });
  });
}

const readCall = <S extends z.ZodType>(schema: S, given: unknown): z.output<S> => {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  throw new Refusal(
    'malformed',
    `${field}: ${issue?.message ?? 'is wrong.'}`,
    field ? { field } : {},
  );
};

const refusalOf = (desk: Desk, error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  desk.log.error({ error: messageOf(error) }, 'a socket call failed');
  return defect();
};
