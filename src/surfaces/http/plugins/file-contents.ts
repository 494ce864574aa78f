import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../../base/errors.ts';
import type { Desk } from '../../../desk/desk.ts';
import { isFileUrlGood } from '../../../desk/views/file.ts';
import { idText } from '../endpoint/query.ts';
import { readRange } from './range.ts';

const params = z.object({ id: idText });
const query = z.object({ e: z.string().regex(/^\d{1,12}$/), s: z.string().max(100) });

/** Kinds that browsers show in place and that can not run anything. All else is downloaded. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif|bmp|heic)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

/**
 * `/files/ID/NAME?e=EXPIRES&s=SIGNATURE`: whoever holds the signed address may read the file, until it expires.
 * A file is data from strangers: it is never run, never framed, its kind never guessed.
 */
export function fileContents(app: FastifyInstance, desk: Desk): void {
  app.get('/files/:id/:name', async (request, reply) => {
    const address = params.safeParse(request.params);
    const proof = query.safeParse(request.query);
    if (!address.success || !proof.success) throw notThere();
    const { id } = address.data;
    const { e, s } = proof.data;
    if (!isFileUrlGood(desk, id, e, s))
      throw new Refusal('forbidden', 'This link is not valid any more. Open the talk again.');
    const file = await desk.stores.files.get(id);
    if (!file?.storageKey || file.size === null) throw notThere();

    guard(reply, file.mime, file.name);
    reply.header('cache-control', `private, max-age=${secondsLeft(desk, e)}, immutable`);
    const range = readRange(request.headers.range, file.size);
    if (range === 'unsatisfiable')
      return reply.status(416).header('content-range', `bytes */${file.size}`).send();
    if (range === null) {
      reply.header('content-length', file.size);
      return reply.send(desk.blobs.open(file.storageKey));
    }
    return reply
      .status(206)
      .header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
      .header('content-length', range.end - range.start + 1)
      .send(desk.blobs.open(file.storageKey, range));
  });
}

const notThere = (): Refusal => new Refusal('not_found', 'There is no such file.');

const guard = (reply: FastifyReply, mime: string, name: string): void => {
  const shown = SHOWN.test(mime);
  reply
    .header('content-type', shown ? mime : 'application/octet-stream')
    .header('content-disposition', disposition(shown ? 'inline' : 'attachment', name))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('referrer-policy', 'no-referrer')
    // The widget on a customer's site shows the same files.
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('accept-ranges', 'bytes');
};

/** RFC 6266: a plain name for old readers, the whole one in UTF-8 for the others. */
const disposition = (kind: string, name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
};

const secondsLeft = (desk: Desk, expires: string): number =>
  Math.max(0, Number(expires) - Math.floor(desk.clock.now().getTime() / 1000));
