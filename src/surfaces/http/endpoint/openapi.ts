import { z } from 'zod';
import { ERRORS } from '../../../base/errors.ts';
import type { Described } from './register.ts';
import { viewSchemas } from './views/index.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of all endpoints, made of the schemas that check them. */
export function openApiDocument(described: readonly Described[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of described) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Openline',
      version: '1',
      description:
        'Times are ISO 8601 UTC, ids are strings, money is `{amount: "123.45", currency: "EUR"}`. Lists take `limit` and `cursor`; `nextCursor` is null at the end; where an index gives the other order, `sort` turns it round, elsewhere it is refused. Changing calls with the session cookie carry `X-CSRF-Token`.',
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ token: [] }, { cookie: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal token, `ol_…`.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'openline_session' },
      },
      schemas: Object.fromEntries(
        Object.entries(viewSchemas).map(([name, schema]) => [name, jsonSchema(schema, 'output')]),
      ),
    },
  };
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  });
  return rest;
};

const operation = (endpoint: Described): Json => ({
  tags: [endpoint.tag],
  summary: endpoint.summary,
  ...(endpoint.description ? { description: endpoint.description } : {}),
  operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
  ...(endpoint.isPublic ? { security: [] } : {}),
  parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
  ...requestBody(endpoint),
  responses: {
    [endpoint.status ?? (endpoint.answer ? 200 : 204)]: answer(endpoint),
    default: {
      description: `A refusal: ${Object.keys(ERRORS).join(', ')}`,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } },
    },
  },
});

const requestBody = ({ body, takesFile }: Described): Json => {
  if (takesFile) return { requestBody: { required: true, content: FORM } };
  if (!body) return {};
  const schema = jsonSchema(body, 'input');
  return {
    requestBody: {
      required: !body.safeParse({}).success,
      content: { 'application/json': { schema } },
    },
  };
};

const FORM: Json = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    },
  },
};

const answer = ({ answer: name }: Described): Json => {
  if (!name) return { description: 'Done.' };
  const inner = /^\[(\w+)\]$/.exec(name)?.[1];
  const ref = { $ref: `#/components/schemas/${inner ?? name}` };
  const page = {
    type: 'object',
    required: ['items', 'nextCursor'],
    properties: {
      items: { type: 'array', items: ref },
      nextCursor: { type: ['string', 'null'] },
    },
  };
  return {
    description: inner ? `A page of ${inner}` : name,
    content: { 'application/json': { schema: inner ? page : ref } },
  };
};

const parameters = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).flatMap(([name, property]) => {
    // What a list never takes is in its schema for the sentence alone.
    if (property.not) return [];
    const inner = property.properties as Record<string, Json> | undefined;
    if (inner)
      return Object.entries(inner).map(([field, fieldSchema]) =>
        parameter(`${name}[${field}]`, where, fieldSchema, false),
      );
    return [parameter(name, where, property, where === 'path' || required.includes(name))];
  });
};

const parameter = (name: string, where: string, schema: Json, required: boolean): Json => ({
  name,
  in: where,
  required,
  schema,
});
