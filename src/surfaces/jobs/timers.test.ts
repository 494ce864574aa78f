import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp } from '../../../test/harness/app.ts';
import type { TestApp } from '../../../test/harness/app.ts';
import { until } from '../../../test/harness/until.ts';
import type { ChannelView, LineView, MessageView, Page } from '../../contract/wire.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

it('flows, and answers for later, go by the timers of the running product', async () => {
  const line = await app.call<LineView>('POST', '/lines', {
    name: 'Shop',
    flows: [
      { name: 'greeting', config: { text: 'Hello!' } },
      { name: 'menu', config: { text: 'What?', options: [{ label: 'Sales' }] } },
    ],
  });
  const channel = await app.call<ChannelView>('POST', '/channels', {
    type: 'sandbox',
    name: 'Box',
    lineId: line.body.id,
    config: {},
  });
  await app.call('POST', `/channels/${channel.body.id}/connect`);
  await app.desk.ingress.accept(
    channel.body.id,
    {
      events: [
        {
          ...{ type: 'message', id: 'e1', messageId: 'm1', at: new Date() },
          ...{ chat: { id: 'lee', kind: 'private' }, from: { id: 'lee', name: 'Lee' } },
          parts: [{ kind: 'text', text: 'hi' }],
        },
      ],
    },
    null,
  );
  const talk = await until('the talk', () =>
    app.desk.stores.conversations.byChat(channel.body.id, 'lee'),
  );
  const said = async (): Promise<string[]> =>
    (
      await app.call<Page<MessageView>>('GET', `/conversations/${talk.id}/messages`)
    ).body.items.flatMap(({ direction, text }) => (direction === 'out' ? [text] : []));
  await until('the menu', async () => (await said()).length === 2);
  const { status, body } = await app.call<MessageView>(
    'POST',
    `/conversations/${talk.id}/messages`,
    {
      ...{ text: 'Later', clientId: 'c1' },
      sendAt: new Date(Date.now() + 1_500).toISOString(),
    },
  );
  expect([status, body.seq, body.delivery?.state]).toEqual([201, 0, 'queued']);
  expect(await said()).toEqual(['Hello!', 'What?']);
  await until('the answer', async () => (await said()).includes('Later'), 25_000);
  expect(await said()).toEqual(['Hello!', 'What?', 'Later']);
  // A person has answered: the menu is over.
  await until('the end of the menu', async () => {
    const now = await app.desk.stores.conversations.get(talk.id);
    return now?.session.flow?.runs.every(({ status: one }) => one === 'ended') ?? false;
  });
});
