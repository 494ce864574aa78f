import { describe, expect, it } from 'vitest';
import { configOf, fieldsOf } from './schema.ts';

const schema = {
  type: 'object',
  required: ['token', 'mode'],
  properties: {
    token: { type: 'string', title: 'Bot token', secret: true, placeholder: '123:ABC' },
    mode: { type: 'string', enum: ['poll', 'webhook'], default: 'poll' },
    apiRoot: { type: 'string', description: 'For an own server.' },
    origins: { type: 'array', items: { type: 'string' }, default: [] },
    loud: { type: 'boolean', default: false },
    limit: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  },
};

describe('the form of a channel', () => {
  const fields = fieldsOf(schema);
  it('is made of the schema alone', () => {
    expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['token', 'secret'],
      ['mode', 'choice'],
      ['apiRoot', 'text'],
      ['origins', 'list'],
      ['loud', 'flag'],
      ['limit', 'number'],
    ]);
    expect(fields[0]).toMatchObject({ title: 'Bot token', placeholder: '123:ABC', required: true });
  });
  it('does not ask for what has a default', () => {
    expect(fields.find(({ name }) => name === 'mode')?.required).toBe(false);
  });
  it('knows lists of choices, of things and of lines', () => {
    const [ask, options] = fieldsOf({
      properties: {
        ask: { type: 'array', items: { type: 'string', enum: ['name', 'phone'] } },
        options: {
          type: 'array',
          items: {
            type: 'object',
            properties: { label: { type: 'string' }, lineId: { type: 'string' } },
            required: ['label'],
          },
        },
      },
    });
    expect(ask).toMatchObject({ kind: 'choices', choices: ['name', 'phone'] });
    expect(options?.kind).toBe('objects');
    expect(options?.fields).toMatchObject([
      { name: 'label', kind: 'text', required: true },
      { name: 'lineId', kind: 'line', required: false },
    ]);
  });
  it('leaves out what is empty and clears what was emptied', () => {
    expect(configOf(fields, { token: 'x', apiRoot: '' }, null)).toEqual({ token: 'x' });
    expect(configOf(fields, { token: 'x', apiRoot: '' }, { apiRoot: 'https://a' })).toEqual({
      token: 'x',
      apiRoot: null,
    });
  });
});
