import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refusal } from '../../../base/errors.ts';
import type { Desk } from '../../../desk/desk.ts';
import type { SetupCode } from '../../../desk/people/setup-code.ts';
import { authenticate, identified } from '../plugins/authentication.ts';
import { check } from './check.ts';
import type { Api, Description } from './endpoint.ts';
import { foldQuery } from './query.ts';

/** An endpoint as the OpenAPI document needs it. */
export type Described = Description<
  z.ZodType | undefined,
  z.ZodType | undefined,
  z.ZodType | undefined
> & {
  isPublic: boolean;
};

/** An `Api` whose endpoints become routes of `app`; `described` collects them for the document. */
export function createApi(
  app: FastifyInstance,
  desk: Desk,
  setupCode: SetupCode,
  described: Described[],
): Api {
  const register = (
    endpoint: Described,
    handle: (call: Reading, request: FastifyRequest) => Promise<unknown>,
  ): void => {
    described.push(endpoint);
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      ...(endpoint.isPublic
        ? {}
        : {
            onRequest: async (request: FastifyRequest) => void (await authenticate(desk, request)),
          }),
      handler: async (request, reply) => {
        const answer = await handle(read(endpoint, request, reply), request);
        if (reply.sent) return reply;
        reply.header('cache-control', 'no-store');
        if (answer === undefined) return reply.status(204).send();
        return reply.status(endpoint.status ?? 200).send(answer);
      },
    });
  };

  return {
    desk,
    setupCode,
    add(endpoint) {
      register({ ...endpoint, isPublic: false }, async (reading, request) => {
        const found = identified(request);
        if (!found) throw new Refusal('unauthenticated', 'You are not signed in.');
        // The schemas that read them are the endpoint's own: that is what its types say.
        const call = { ...reading, desk, who: found.who };
        return endpoint.handle(call as Parameters<typeof endpoint.handle>[0]);
      });
    },
    addPublic(endpoint) {
      register({ ...endpoint, isPublic: true }, async (reading) => {
        const call = { ...reading, desk };
        return endpoint.handle(call as Parameters<typeof endpoint.handle>[0]);
      });
    },
  };
}

interface Reading {
  params: unknown;
  query: unknown;
  body: unknown;
  request: FastifyRequest;
  reply: FastifyReply;
}

const read = (endpoint: Described, request: FastifyRequest, reply: FastifyReply): Reading => ({
  params: readParams(endpoint.params, request.params),
  query: endpoint.query
    ? check(endpoint.query, foldQuery(request.query as Record<string, unknown>), 'The query')
    : undefined,
  body: endpoint.body ? check(endpoint.body, request.body ?? {}, 'The body') : undefined,
  request,
  reply,
});

const readParams = (schema: z.ZodType | undefined, params: unknown): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(params);
  if (!result.success) throw new Refusal('not_found', 'There is nothing at this address.');
  return result.data;
};
