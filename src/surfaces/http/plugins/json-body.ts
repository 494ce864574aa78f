import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../../base/errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON bodies strictly: bytes that are no UTF-8 are refused instead of being replaced, and keys that would reach
 * an object's prototype are refused too. An empty body counts as none.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      return done(new Refusal('bad_json', 'The body is not valid UTF-8.'), undefined);
    }
    void parse(request, text, (error, value) => {
      if (error) done(new Refusal('bad_json', 'The body is not valid JSON.'), undefined);
      else done(null, value);
    });
  });
  app.removeContentTypeParser('text/plain');
}
