import { Refusal } from '../../base/errors.ts';
import type { AnswerActs } from '../../contract/command.ts';
import type { ConversationView, SendBody } from '../../contract/wire.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { listCanned } from '../canned/canned.ts';
import { sendCanned } from '../canned/send-canned.ts';
import type { Desk } from '../desk.ts';
import { scheduleReply } from '../later/schedule-reply.ts';
import { readTime } from './read-time.ts';

/** The acts of commands that concern answers. `talk`: the one the command was typed in, or a refusal. */
export function answerActs(
  desk: Desk,
  who: Principal,
  talk: () => ConversationView,
  send: (text: string) => SendBody,
): AnswerActs {
  return {
    async later(text, when) {
      const { id } = talk();
      const time = await readTime(when, { now: desk.clock.now(), timeZone: who.user.timeZone });
      if (time.status !== 'ok')
        throw new Refusal('rule_broken', `“${when}” is no time that I understand.`, {
          field: 'sendAt',
        });
      const sendAt = time.at.toISOString();
      await scheduleReply(desk, who, id, { ...send(text), sendAt });
      return { sendAt };
    },
    async canned(shortcut) {
      const { id } = talk();
      const { text: _, ...body } = send('');
      return sendCanned(desk, who, { shortcut }, id, body);
    },
    cannedAnswers: () => listCanned(desk, who, { lineId: talk().lineId }),
  };
}
