import type { FastifyInstance } from 'fastify';

/**
 * Adds a part of the server whose hooks, headers and body parsers are its own. `prefix` begins all its addresses.
 * Resolves when the part stands.
 */
export async function addPart(
  app: FastifyInstance,
  prefix: string,
  build: (part: FastifyInstance) => void | Promise<void>,
): Promise<void> {
  await app.register(
    (part, _options, done) => {
      Promise.resolve(build(part)).then(() => done(), done);
    },
    { prefix },
  );
}
