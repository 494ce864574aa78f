import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../../../base/errors.ts';
import { Refusal } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import { defect, errorBody } from '../../../desk/views/error.ts';
import { drain } from './drain.ts';

/** What the web server itself refuses, in our words. */
const SERVER_REFUSALS: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too_large', 'The body is larger than allowed here.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_type', 'This kind of body is not taken here.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['bad_json', 'The body is empty, but JSON was announced.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['bad_json', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed', 'The body is not as long as announced.'],
  FST_ERR_BAD_URL: ['malformed', 'The address can not be read.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'There is nothing at this address.'],
  FST_REQ_FILE_TOO_LARGE: ['too_large', 'The file is larger than allowed.'],
  FST_FILES_LIMIT: ['too_large', 'Send one file at a time.'],
  FST_PARTS_LIMIT: ['too_large', 'The form has too many parts.'],
  FST_FIELDS_LIMIT: ['too_large', 'The form has too many fields.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['unsupported_type', 'Send the file as multipart/form-data.'],
};

/** The refusal behind anything thrown; null when it is a defect of ours. */
export function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return null;
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : SERVER_REFUSALS[code];
  if (known) return new Refusal(known[0], known[1]);
  if (statusCode === 413) return new Refusal('too_large', 'The body is larger than allowed here.');
  if (statusCode === 429) return new Refusal('too_many', 'Too many requests from this address.');
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? new Refusal('malformed', 'The request can not be read.')
    : null;
}

/** Draws every error of the server as an `ErrorBody`; logs defects with the request's id. */
export function drawErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = asRefusal(error);
    if (refusal?.code === 'too_large') await drain(request.raw);
    if (!refusal) {
      log.error(
        {
          err: error,
          requestId: request.id,
          method: request.method,
          route: request.routeOptions.url,
        },
        'a request failed',
      );
    }
    return sendRefusal(refusal ?? defect(), request, reply);
  });
}

/** Answers with a refusal. */
export function sendRefusal(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const wait = refusal.facts?.retryAfterSeconds;
  if (refusal.code === 'too_many' && !reply.hasHeader('retry-after'))
    reply.header('retry-after', typeof wait === 'number' ? wait : 60);
  return reply
    .status(refusal.status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(errorBody(refusal, request.id)));
}
