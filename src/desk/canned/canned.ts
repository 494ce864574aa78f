import type { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { Refusal } from '../../base/errors.ts';
import type { CannedAnswerView } from '../../contract/wire.ts';
import type { CannedAnswer } from '../../domain/conversations/scheduled.ts';
import type { Principal } from '../../domain/operators/permissions.ts';
import { permit } from '../../domain/operators/permissions.ts';
import type { Desk } from '../desk.ts';
import { recordAudit } from '../operations/record-audit.ts';
import { visibleTalk } from '../talks/access.ts';
import type { cannedChange, newCanned } from './canned-fields.ts';
import { fillIn } from './fill-in.ts';

const view = ({ createdAt, updatedAt, ...answer }: CannedAnswer): CannedAnswerView => ({
  ...answer,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** All canned answers by shortcut; `lineId`: those of this line and those of all. */
export async function listCanned(
  desk: Desk,
  who: Principal,
  filter: { lineId?: string | undefined; q?: string | undefined } = {},
): Promise<CannedAnswerView[]> {
  permit(who, 'talk.reply', 'use canned answers');
  const q = filter.q?.trim().toLowerCase() ?? '';
  const answers = (await desk.stores.canned.all()).filter(
    ({ lineIds, shortcut, title, text }) =>
      (filter.lineId === undefined || lineIds.length === 0 || lineIds.includes(filter.lineId)) &&
      [shortcut, title, text].some((words) => words.toLowerCase().includes(q)),
  );
  return answers.map(view);
}

/** Makes one. */
export async function createCanned(
  desk: Desk,
  who: Principal,
  answer: z.output<typeof newCanned>,
): Promise<CannedAnswerView> {
  permit(who, 'canned.change', 'make canned answers');
  const made = await desk.stores.canned.create(answer, desk.clock.now());
  await recordAudit(desk, who, 'canned.create', `Made the canned answer "${made.shortcut}".`);
  return view(made);
}

/** Changes one. */
export async function changeCanned(
  desk: Desk,
  who: Principal,
  id: string,
  change: z.output<typeof cannedChange>,
): Promise<CannedAnswerView> {
  permit(who, 'canned.change', 'change canned answers');
  const changed = await desk.stores.canned.change(id, defined(change), desk.clock.now());
  if (!changed) throw new Refusal('not_found', 'There is no such canned answer.');
  await recordAudit(desk, who, 'canned.change', `Changed the canned answer "${changed.shortcut}".`);
  return view(changed);
}

/** Removes one. */
export async function removeCanned(desk: Desk, who: Principal, id: string): Promise<void> {
  permit(who, 'canned.change', 'remove canned answers');
  const answer = await desk.stores.canned.get(id);
  if (!answer || !(await desk.stores.canned.remove(id)))
    throw new Refusal('not_found', 'There is no such canned answer.');
  await recordAudit(desk, who, 'canned.remove', `Removed the canned answer "${answer.shortcut}".`);
}

/** The text of one for a talk, its variables filled in with who speaks with whom. By id or shortcut. */
export async function renderCanned(
  desk: Desk,
  who: Principal,
  named: { id: string } | { shortcut: string },
  conversationId: string,
): Promise<{ text: string }> {
  const { text } = await filledIn(desk, who, named, conversationId);
  return { text };
}

/** The answer and its text for a talk. */
export async function filledIn(
  desk: Desk,
  who: Principal,
  named: { id: string } | { shortcut: string },
  conversationId: string,
): Promise<{ answer: CannedAnswer; text: string }> {
  permit(who, 'talk.reply', 'use canned answers');
  const conversation = await visibleTalk(desk, who, conversationId);
  const { canned } = desk.stores;
  const answer =
    'id' in named ? await canned.get(named.id) : await canned.byShortcut(named.shortcut);
  if (!answer) throw await unknownAnswer(desk, 'id' in named ? '' : named.shortcut);
  const { lineIds } = answer;
  if (lineIds.length > 0 && !lineIds.includes(conversation.lineId))
    throw new Refusal('rule_broken', `"${answer.shortcut}" is for other lines.`);
  const [line, settings] = await Promise.all([
    desk.directory.line(conversation.lineId),
    desk.stores.settings.read(),
  ]);
  const text = fillIn(answer.text, {
    contactName: conversation.contactName,
    operatorName: who.user.name,
    lineName: line?.name ?? '',
    companyName: settings.companyName,
  });
  return { answer, text };
}

async function unknownAnswer(desk: Desk, shortcut: string): Promise<Refusal> {
  if (shortcut === '') return new Refusal('not_found', 'There is no such canned answer.');
  const near = (await desk.stores.canned.all())
    .filter((answer) => answer.shortcut.startsWith(shortcut.slice(0, 2)))
    .slice(0, 5)
    .map((answer) => answer.shortcut);
  const meant = near.length > 0 ? ` Perhaps ${near.join(', ')}?` : '';
  return new Refusal('not_found', `There is no canned answer "${shortcut}".${meant}`);
}
