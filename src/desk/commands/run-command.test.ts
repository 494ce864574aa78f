import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { fieldsOf, itemsOf } from '../../../test/harness/card.ts';
import { openSales } from '../../../test/harness/sales.ts';
import type { Sales } from '../../../test/harness/sales.ts';
import { Refusal } from '../../base/errors.ts';
import { cardText } from '../../contract/card.ts';
import { commandInput, defineCommand } from '../../contract/command.ts';
import type { Command } from '../../contract/command.ts';
import { runCommand } from './run-command.ts';

let sales: Sales;
beforeAll(async () => {
  sales = await openSales();
});
afterAll(() => sales.close());

/** A command that tells what it got. */
function probe(change: Partial<Command>): Command {
  return defineCommand({
    name: 'probe',
    summary: 'Tells what it got',
    usage: '/probe words',
    examples: ['/probe a b'],
    allow: null,
    args: commandInput as z.ZodType<unknown>,
    run: async (args, { speaker, currency }) => ({
      title: JSON.stringify({ args, speaker: speaker.name, currency }),
      blocks: [],
    }),
    ...change,
  });
}

describe('runCommand', () => {
  it('hands a command its arguments, the speaker and the company’s currency', async () => {
    const { currency } = await sales.desk.stores.settings.read();
    const { card } = await runCommand(sales.desk, sales.ann, { text: '!probe "a b" k=v' }, [
      probe({}),
    ]);
    expect(JSON.parse(card.title)).toEqual({
      args: { words: ['a b'], named: { k: 'v' }, rest: '"a b" k=v' },
      speaker: 'Ann',
      currency,
    });
  });

  it('answers the card as text too', async () => {
    const answer = await sales.run(sales.ann, '/help take');
    expect(answer.text).toBe(cardText(answer.card));
    expect(answer.text).toContain('/take');
  });

  it('suggests for a slip of the finger', async () => {
    const answer = await sales.run(sales.ann, '/tkae');
    expect(answer.card).toMatchObject({ tone: 'bad', title: 'There is no command /tkae' });
    expect(itemsOf(answer)).toMatchObject([{ title: '/take', command: '/help take' }]);
  });

  it.each(['hello', '', '   '])('says of %j that it is no command', async (text) => {
    expect((await sales.run(sales.ann, text)).card).toMatchObject({
      tone: 'bad',
      title: 'This is no command',
    });
  });

  it('asks which command when only the mark is typed', async () => {
    expect((await sales.run(sales.ann, '/')).card).toMatchObject({
      tone: 'bad',
      title: 'Which command?',
    });
  });

  it('refuses without the right, before anything else is looked at', async () => {
    const powerless = { ...sales.ann, grants: {} };
    const answer = await sales.run(powerless, '/deal new "x" y z"');
    expect(answer.card).toMatchObject({ tone: 'bad', title: 'You may not use /deal new' });
  });

  it('says what was expected, with an example, when an argument does not fit', async () => {
    const answer = await sales.run(sales.ann, '/deal new "Website"');
    expect(answer.card).toMatchObject({ tone: 'bad', title: '/deal new was not understood' });
    expect(fieldsOf(answer)).toEqual({
      Write: '/deal new "title" amount [currency]',
      Example: '/deal new "Website redesign" 5000 EUR',
    });
  });

  it('points at a quote that never closes', async () => {
    const answer = await sales.run(sales.ann, '/deal new "Website 5000 EUR');
    expect(answer.card.tone).toBe('bad');
    expect(answer.text).toContain('The quote that opens at "Website 5000 EUR never closes.');
  });

  it('sends talk commands into a talk', async () => {
    expect((await sales.run(sales.ann, '/take')).card).toMatchObject({
      tone: 'bad',
      title: '/take works inside a talk',
    });
  });

  it('is a bad card for a talk that is not there or not to be seen', async () => {
    const other = await sales.line('Other', [sales.bob]);
    const { conversation } = await sales.customer({ line: other });
    for (const conversationId of ['0'.repeat(24), conversation.id])
      expect((await sales.run(sales.ann, '/take', { conversationId })).card).toMatchObject({
        tone: 'bad',
      });
  });

  it('draws a refusal of the use case, with how to write it when the input was at fault', async () => {
    const { conversation } = await sales.customer({ owner: sales.ann });
    const answer = await sales.run(sales.ann, '/contact set email=wrong', {
      conversationId: conversation.id,
    });
    expect(answer.card).toMatchObject({
      tone: 'bad',
      title: '“wrong” is no e-mail address, e.g. ann@example.com.',
    });
    expect(fieldsOf(answer).Write).toContain('/contact set');
    const conflict = probe({
      run: async () => {
        throw new Refusal('already_taken', 'Bob has it.');
      },
    });
    const { card } = await runCommand(sales.desk, sales.ann, { text: '/probe' }, [conflict]);
    expect(card).toMatchObject({
      title: 'Bob has it.',
      tone: 'bad',
      blocks: [{ kind: 'text', text: 'A colleague was faster.' }],
    });
  });

  it('lets a defect through: it is no answer', async () => {
    const broken = probe({ run: () => Promise.reject(new TypeError('broken')) });
    await expect(runCommand(sales.desk, sales.ann, { text: '/probe' }, [broken])).rejects.toThrow(
      'broken',
    );
  });
});
