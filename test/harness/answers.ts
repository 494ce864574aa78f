import { z } from 'zod';

type Json = Record<string, unknown>;
interface Operation {
  security?: unknown[];
  responses: Record<string, { content?: { 'application/json'?: { schema: Json } } }>;
}
/** The served OpenAPI document, as far as answers are concerned. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

/** Compares answers with what the document says of them. */
export interface AnswerCheck {
  /** The operation behind a call, as the document names it, e.g. `GET /lines/{id}`; null when it has none. */
  operationOf(method: string, path: string): string | null;
  /** Throws when the document does not say so: another status, another shape, a field that is not declared. */
  check(method: string, path: string, status: number, body: unknown): void;
}

/** Reads the document. Each schema is compiled when the first answer of its kind comes. */
export function answerCheck({ paths, components }: ApiDocument): AnswerCheck {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
      fixed: !path.includes('{'),
      operation,
    })),
  );
  // `/flows/simulate` is no `/flows/{id}`.
  operations.sort((one, other) => Number(other.fixed) - Number(one.fixed));
  const find = (method: string, path: string) => {
    const bare = path.split('?')[0] ?? path;
    return operations.find((one) => one.method === method && one.pattern.test(bare));
  };
  const compiled = new Map<string, z.ZodType>();
  const schemaOf = (schema: Json): z.ZodType => {
    const key = JSON.stringify(schema);
    const known = compiled.get(key) ?? z.fromJSONSchema(inlined(schema, components.schemas));
    compiled.set(key, known);
    return known;
  };
  return {
    operationOf: (method, path) => find(method, path)?.name ?? null,
    check(method, path, status, body) {
      const found = find(method, path);
      if (!found) return;
      const { responses } = found.operation;
      const declared = status < 400 ? responses[status] : responses.default;
      if (!declared) throw new Error(`${found.name} answered ${status}, which is not declared.`);
      const schema = declared.content?.['application/json']?.schema;
      const result = schema ? schemaOf(schema).safeParse(body) : z.null().safeParse(body);
      if (!result.success)
        throw new Error(
          `${found.name} answered ${status} with what its document does not say: ${z.prettifyError(result.error)}`,
        );
    },
  };
}

/** The schema with the components it names put in their places. */
function inlined(schema: Json, components: Record<string, Json>): Json {
  const text = JSON.stringify(schema).replace(
    /\{"\$ref":"#\/components\/schemas\/(\w+)"\}/g,
    (_, name: string) => JSON.stringify(components[name]),
  );
  return JSON.parse(text) as Json;
}
