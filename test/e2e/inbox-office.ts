import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ChannelView, LineView, UserView } from '../../src/contract/wire.ts';
import type { TestApp } from '../harness/app.ts';

/** Of everybody in these tests. */
export const PASSWORD = 'correct horse battery';

/** Signs in with the form, and waits until the inbox stands. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Contacts' }).waitFor();
}

/** A customer who writes through the sandbox channel. */
export function customer(webhookUrl: string, secret: string, name: string) {
  let count = 0;
  return async (...texts: string[]): Promise<void> => {
    const from = count;
    count += texts.length;
    const answer = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-sandbox-secret': secret },
      body: JSON.stringify({
        events: texts.map((text, index) => ({
          id: `${name}-${from + index}`,
          type: 'message',
          chat: `chat-${name}`,
          from: { id: name, name },
          text,
        })),
      }),
    });
    expect(answer.status).toBe(200);
  };
}

/** A line with the administrator and Bob, an operator, and a sandbox channel. `settings`: of the line. */
export async function furnish(app: TestApp, settings: Partial<LineView> = {}) {
  const bob = await app.call<UserView>('POST', '/users', {
    name: 'Bob Smith',
    email: 'bob@example.org',
    password: PASSWORD,
    role: 'operator',
  });
  const admin = await app.call<{ user: UserView }>('GET', '/session');
  const line = await app.call<LineView>('POST', '/lines', {
    name: 'Sales',
    members: [admin.body.user.id, bob.body.id],
    ...settings,
  });
  const channel = await app.call<ChannelView>('POST', '/channels', {
    type: 'sandbox',
    name: 'Sandbox',
    lineId: line.body.id,
  });
  await app.call('POST', `/channels/${channel.body.id}/connect`);
  const secret = channel.body.secrets?.['secret'] ?? '';
  return { writes: (name: string) => customer(channel.body.webhookUrl, secret, name) };
}

/** What keeps people with aids out, by rule and place. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // What is still fading in has the colours of neither before nor after.
  await page.evaluate(
    `Promise.allSettled(
      document.getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => null)`,
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
