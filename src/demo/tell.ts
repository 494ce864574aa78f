import type { Openline } from '../app/start.ts';
import type {
  ConversationView,
  MessageView,
  Page,
  PipelineView,
  SendBody,
} from '../contract/wire.ts';
import type { Caller } from './caller.ts';
import { RefusedCall } from './caller.ts';
import type { StoryClock } from './clock.ts';
import type { Company } from './company.ts';
import type { MadeFile } from './files.ts';
import { chatOf, partOf, post } from './hook.ts';
import type { HookEvent } from './hook.ts';
import type { Provider } from './provider.ts';
import type { Step, Story } from './story.ts';

/** What telling stories needs. */
export interface Stage {
  openline: Pick<Openline, 'desk'>;
  company: Company;
  provider: Provider;
  clock: StoryClock;
  files: ReadonlyMap<string, MadeFile>;
}

/** Minutes between two steps of a story: people answer faster than customers come back. */
const PAUSE_MINUTES = [2, 5, 3, 8, 1, 4];
const MINUTE_MS = 60_000;

/** Things that happened within so long of each other, in different talks, are told at once. */
const TOGETHER_MS = 20 * MINUTE_MS;

/** Where a story stands. */
interface Told {
  story: Story;
  conversationId: string;
  /** The customer's last message, by the provider's id. */
  lastSaid: string;
  /** Our last message, by the provider's id. */
  lastTaken: string;
}

interface Moment {
  at: number;
  told: Told;
  step: Step;
}

/**
 * Tells all stories as they happened, in the order of time, with the clock put to each moment: through webhooks and
 * REST, so that the past was made by the same code as the future.
 */
export async function tell(stage: Stage, stories: readonly Story[]): Promise<void> {
  const all = stories.map(
    (story): Told => ({ story, conversationId: '', lastSaid: '', lastTaken: '' }),
  );
  const byChat = new Map(all.map((told) => [chatOf(told.story.customer), told]));
  stage.provider.onTaken(({ chat, id }) => {
    const told = byChat.get(chat);
    if (told) told.lastTaken = id;
  });
  for (const moments of together(all.flatMap(momentsOf))) {
    stage.clock.set(new Date(moments[0]?.at ?? Date.now()));
    await Promise.all(moments.map(({ told, step }) => happen(stage, told, step)));
  }
}

function momentsOf(told: Told): Moment[] {
  const now = Date.now();
  let at = now - told.story.hoursAgo * 60 * MINUTE_MS;
  return told.story.steps.map((step, index) => {
    if (index > 0) at += (PAUSE_MINUTES[index % PAUSE_MINUTES.length] ?? 1) * MINUTE_MS;
    return { at: Math.min(at, now - 1000), told, step };
  });
}

function together(moments: readonly Moment[]): Moment[][] {
  const groups: Moment[][] = [];
  for (const moment of moments.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    const begun = last?.[0]?.at ?? Number.NEGATIVE_INFINITY;
    const busy = last?.some(({ told }) => told === moment.told) ?? true;
    if (last && !busy && moment.at - begun < TOGETHER_MS) last.push(moment);
    else groups.push([moment]);
  }
  return groups;
}

async function happen(stage: Stage, told: Told, step: Step): Promise<void> {
  switch (step.act) {
    case 'says':
    case 'shares':
      return say(stage, told, step);
    case 'edits':
      return fromCustomer(stage, told, {
        type: 'edited',
        messageId: told.lastSaid,
        text: step.text,
      });
    case 'removes':
      return fromCustomer(stage, told, { type: 'removed', messageIds: [told.lastSaid] });
    case 'reacts':
      return react(stage, told, step.emoji);
    default:
      try {
        return await act(stage, told, step);
      } catch (error) {
        // A leap of the clock may have let somebody's time run out just now: the talk is another's.
        if (!(error instanceof RefusedCall) || error.code !== 'forbidden') throw error;
        return act(stage, told, step);
      }
  }
}

async function fromCustomer(stage: Stage, told: Told, ...events: HookEvent[]): Promise<void> {
  const { customer, desk } = told.story;
  const id = await post(stage.company.accounts[desk], customer, stage.clock.now(), ...events);
  if (events.some(({ type }) => type === 'message')) told.lastSaid = id;
  await settle(stage);
}

/** Until everything that came in has had its effect. */
async function settle({ openline }: Stage): Promise<void> {
  const { ingress, router, delivery } = openline.desk;
  await ingress.idle();
  await router.idle();
  await delivery.idle();
}

async function say(
  stage: Stage,
  told: Told,
  step: Extract<Step, { act: 'says' | 'shares' }>,
): Promise<void> {
  const file = step.act === 'says' && step.file ? stage.files.get(step.file) : undefined;
  const parts =
    step.act === 'shares'
      ? [
          {
            kind: 'location',
            latitude: step.latitude,
            longitude: step.longitude,
            title: step.title,
          },
        ]
      : file
        ? [partOf(file)]
        : [];
  const text = step.act === 'says' && step.text !== '' ? { text: step.text } : {};
  await fromCustomer(stage, told, { type: 'message', ...text, parts });
  told.conversationId ||= await conversationOf(stage, told.story);
}

async function conversationOf({ company }: Stage, { customer }: Story): Promise<string> {
  const { items } = await company.admin.call<Page<ConversationView>>(
    'GET',
    `/conversations?q=${encodeURIComponent(customer.name)}`,
  );
  const talk = items.find(({ contact }) => contact.name === customer.name);
  if (!talk) throw new Error(`${customer.name} wrote, and there is no talk of it.`);
  return talk.id;
}

/** What was said last in one direction. */
async function lastOf(
  { company }: Stage,
  told: Told,
  direction: 'in' | 'out',
): Promise<MessageView> {
  const { items } = await company.admin.call<Page<MessageView>>(
    'GET',
    `/conversations/${told.conversationId}/messages?limit=20`,
  );
  const last = items.findLast((message) => message.direction === direction && !message.removedAt);
  if (!last) throw new Error(`${told.story.customer.name}'s talk has no such message.`);
  return last;
}

async function react(stage: Stage, told: Told, emoji: string): Promise<void> {
  const messageId = told.lastTaken;
  await fromCustomer(
    stage,
    told,
    { type: 'receipt', messageId, status: 'read' },
    { type: 'reaction', messageId, emoji: [emoji] },
  );
}

/** What the provider tells of our last message: that it arrived, and, when the talk goes on, that it was read. */
async function receipts(stage: Stage, told: Told, goesOn: boolean): Promise<void> {
  const messageId = told.lastTaken;
  const statuses = goesOn ? ['delivered', 'read'] : ['delivered'];
  const events = statuses.map((status) => ({ type: 'receipt', messageId, status }));
  await fromCustomer(stage, told, ...events);
}

/** The steps of those who work here, as the person who has the talk. */
async function act(stage: Stage, told: Told, step: Step): Promise<void> {
  const { company, provider, files } = stage;
  const { customer, desk } = told.story;
  const route = `/conversations/${told.conversationId}`;
  const owner = await ownerOf(stage, told);
  const send = async (body: Omit<SendBody, 'clientId'>): Promise<void> => {
    const clientId = `demo-${customer.id}-${told.story.steps.indexOf(step)}`;
    await owner.call('POST', `${route}/messages`, { ...body, clientId, force: true });
    await settle(stage);
  };
  switch (step.act) {
    case 'answers': {
      await owner.call('POST', `${route}/read`, {});
      const file = step.file ? files.get(step.file) : undefined;
      const uploaded = file ? [(await owner.upload(file)).id] : [];
      const quoted = step.quoting ? { replyToId: (await lastOf(stage, told, 'in')).id } : {};
      await send({
        text: step.text,
        ...(uploaded.length > 0 && { fileIds: uploaded }),
        ...(step.buttons && { buttons: step.buttons.map((label) => ({ label })) }),
        ...quoted,
      });
      return receipts(stage, told, told.story.steps.at(-1) !== step);
    }
    case 'fails':
      provider.refuseNext(chatOf(customer), step.how === 'blocked' ? 403 : 500);
      return send({ text: step.text });
    case 'notes':
      return send({ text: step.text, note: true });
    case 'rewords': {
      const { id } = await lastOf(stage, told, 'out');
      await owner.call('PATCH', `/messages/${id}`, { text: step.text });
      return;
    }
    case 'likes': {
      const { id } = await lastOf(stage, told, 'in');
      await owner.call('PUT', `/messages/${id}/reactions`, { emoji: [step.emoji] });
      return;
    }
    case 'deals': {
      const [pipeline] = (await company.admin.call<Page<PipelineView>>('GET', '/pipelines')).items;
      const stageId = pipeline?.stages[step.stage ?? 0]?.id;
      const amount = { amount: step.amount, currency: 'EUR' };
      const { id } = await owner.call<{ id: string }>('POST', '/deals', {
        title: step.title,
        amount,
        conversationId: told.conversationId,
        ...(stageId && { stageId }),
      });
      if (step.state)
        await owner.call('PATCH', `/deals/${id}`, { state: step.state, why: 'As the talk says.' });
      return;
    }
    case 'leads': {
      const { leadId } = await owner.call<ConversationView>('GET', route);
      if (leadId) await owner.call('PATCH', `/leads/${leadId}`, { status: step.status });
      return;
    }
    case 'closes':
      await owner.call('POST', `${route}/close`, { outcome: step.outcome });
      return settle(stage);
    default:
      throw new Error(`Nobody here ${step.act} on ${desk}.`);
  }
}

/** The person who has the talk now; when nobody does, the first of the line gets it. */
async function ownerOf({ company }: Stage, told: Told): Promise<Caller> {
  const { desk } = told.story;
  const route = `/conversations/${told.conversationId}`;
  const { ownerId } = await company.admin.call<ConversationView>('GET', route);
  const owner = ownerId === null ? undefined : company.people.get(ownerId);
  if (owner) return owner;
  const [userId = ''] = company.members[desk];
  const first = company.people.get(userId);
  if (!first) throw new Error(`Nobody works on ${desk}.`);
  await company.admin.call('POST', `${route}/assign`, { userId });
  return first;
}
