import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApiDocument } from '../../../../test/harness/answers.ts';
import type { TestBrowser, TestWeb } from '../../../../test/harness/web.ts';
import { openTestWeb } from '../../../../test/harness/web.ts';

type Json = Record<string, unknown>;
interface Schema {
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
}

/** What no field of ours is made for. */
const ABSURD = [null, -1, 1e308, '', '\u0000', '\ud800', '<b>../..', { $gt: '' }, [null], [[]]];
const ABSURD_QUERY = ['-1', '1e9', '%00', '%ff', '(((', 'WyIiLCIiXQ', 'after.-5'];
const NOBODY = '0123456789abcdef01234567';

let web: TestWeb;
let admin: TestBrowser;
let document: ApiDocument;
beforeAll(async () => {
  web = await openTestWeb({ callsPerMinute: 1_000_000 });
  admin = await web.browser('Root', 'administrator');
  document = (await web.app.inject('/api/v1/openapi.json')).json();
});
afterAll(() => web.close());

/** A value that fits roughly: what is beside the absurd field should not be what is refused. */
const sample = (schema: Schema): unknown => {
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0] ?? {});
  const { properties = {}, required = [], type } = schema;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, sample(properties[name] ?? {})]));
    case 'array':
      return [];
    case 'number':
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    default:
      return 'text';
  }
};

/** Bodies with one absurd field each, one level deep and two. */
const bodiesOf = (schema: Schema): unknown[] =>
  (schema.anyOf ?? [schema]).flatMap((variant) => {
    const fitting = sample(variant) as Json;
    return Object.entries(variant.properties ?? {}).flatMap(([name, field]) => {
      const inner = (field.anyOf?.[0] ?? field).properties ?? {};
      return ABSURD.flatMap((absurd) => [
        { ...fitting, [name]: absurd },
        ...Object.keys(inner).map((deeper) => ({ ...fitting, [name]: { [deeper]: absurd } })),
      ]);
    });
  });

it('whatever is sent to whichever address, it is taken or refused with a reason, never a defect', async () => {
  const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const { parameters, requestBody } = operation as unknown as {
        parameters: { name: string; in: string }[];
        requestBody?: { content: Record<string, { schema: Schema }> };
      };
      const url = path.replace(/\{\w+\}/g, NOBODY);
      const schema = requestBody?.content['application/json']?.schema;
      const bodies = schema ? [...ABSURD, ...bodiesOf(schema)] : [];
      const queries = parameters.flatMap((parameter) =>
        parameter.in === 'query'
          ? ABSURD_QUERY.map((value) => `${url}?${encodeURIComponent(parameter.name)}=${value}`)
          : [],
      );
      // Signing in is slow by design, and locks itself.
      return path === '/session' || path === '/setup'
        ? []
        : [
            ...bodies.map((body) => ({ method, url, body: JSON.stringify(body) })),
            ...queries.map((address) => ({ method, url: address, body: undefined })),
          ];
    }),
  );
  expect(calls.length).toBeGreaterThan(2000);
  const defects: string[] = [];
  for (const { method, url, body } of calls) {
    const { statusCode } = await web.app.inject({
      method: method.toUpperCase() as 'POST',
      url: `/api/v1${url}`,
      headers: {
        cookie: admin.cookie,
        'x-csrf-token': admin.session.csrf,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    if (statusCode >= 500) defects.push(`${method} ${url} ${body?.slice(0, 200) ?? ''}`);
  }
  expect(defects).toEqual([]);
}, 60_000);
