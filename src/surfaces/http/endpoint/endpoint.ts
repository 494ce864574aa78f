import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Desk } from '../../../desk/desk.ts';
import type { SetupCode } from '../../../desk/people/setup-code.ts';
import type { Principal } from '../../../domain/operators/permissions.ts';

type Schema = z.ZodType | undefined;
type Read<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

/** What a handler gets: everything read and checked by the endpoint's schemas. */
export interface PublicCall<P extends Schema, Q extends Schema, B extends Schema> {
  desk: Desk;
  params: Read<P>;
  query: Read<Q>;
  body: Read<B>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The same with the person who calls. */
export interface Call<P extends Schema, Q extends Schema, B extends Schema>
  extends PublicCall<P, Q, B> {
  who: Principal;
}

/** What an endpoint says about itself; the OpenAPI document is made of it. */
export interface Description<P extends Schema, Q extends Schema, B extends Schema> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, e.g. `/lines/:id`. */
  path: string;
  /** The group it is listed under. */
  tag: string;
  summary: string;
  /** Text for people who need more than the summary. */
  description?: string;
  /** What does not match is `not_found`: no such address. */
  params?: P;
  /** `filter[x]=y` arrives as `filter.x`. */
  query?: Q;
  body?: B;
  /** Takes one file as `multipart/form-data` in place of a body. */
  takesFile?: true;
  /** Status of a good answer. Default 200, or 204 when the handler returns nothing. */
  status?: number;
  /** Name of the view in `src/contract/wire.ts`; `[Name]` for a page of them. */
  answer?: string;
}

/** One address and method that needs a signed-in person. */
export interface Endpoint<P extends Schema, Q extends Schema, B extends Schema>
  extends Description<P, Q, B> {
  handle(call: Call<P, Q, B>): Promise<unknown>;
}

/** One address and method that anybody may call. */
export interface PublicEndpoint<P extends Schema, Q extends Schema, B extends Schema>
  extends Description<P, Q, B> {
  handle(call: PublicCall<P, Q, B>): Promise<unknown>;
}

/** What route files add their endpoints to. */
export interface Api {
  desk: Desk;
  setupCode: SetupCode;
  /** Adds an endpoint for signed-in people; without them 401. */
  add<P extends Schema = undefined, Q extends Schema = undefined, B extends Schema = undefined>(
    endpoint: Endpoint<P, Q, B>,
  ): void;
  /** Adds an endpoint for everybody. */
  addPublic<
    P extends Schema = undefined,
    Q extends Schema = undefined,
    B extends Schema = undefined,
  >(endpoint: PublicEndpoint<P, Q, B>): void;
}

/** The endpoints of one resource. */
export type Routes = (api: Api) => void;
