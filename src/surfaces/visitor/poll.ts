import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../base/errors.ts';
import type { VisitorNews } from '../../contract/visitor.ts';
import { isOwnOrigin } from './origin.ts';
import { readCall } from './read-call.ts';
import { Visit } from './visit.ts';
import type { Door } from './visit.ts';

const FRAME_BYTES = 64 * 1024;
const MOST_FRAMES = 20;
/** Shorter than what proxies allow a silent request. */
const WAIT_MS = 20_000;
/** News come in clusters: a message, then "seen". */
const GATHER_MS = 40;

const body = z.object({
  frames: z.array(z.unknown()).min(1).max(MOST_FRAMES),
  /** Hold the answer until there is news, at most 20 s. */
  wait: z.boolean().default(false),
});

/** What a `hello` alone is answered with: no reason to end a waiting request. */
const isNews = (news: VisitorNews): boolean => news.type !== 'welcome' || news.messages.length > 0;

/**
 * The same frames over plain requests, where sockets are blocked: each begins with `hello`, the answer holds what came
 * of it. A visit lives as long as its request; `afterSeq` and `since` carry it on to the next.
 */
export function acceptPolls(app: FastifyInstance, door: Door): void {
  app.post('/visitor/poll', { bodyLimit: FRAME_BYTES }, async (request, reply) => {
    if (!isOwnOrigin(door.desk, request))
      throw new Refusal('forbidden', 'This page may not open the chat.');
    const read = body.safeParse(request.body);
    if (!read.success)
      throw new Refusal('malformed', `Send {"frames": […]} with 1 to ${MOST_FRAMES} frames.`, {
        field: 'frames',
      });

    const frames: VisitorNews[] = [];
    const ended = new AbortController();
    let waiting = false;
    const visit = new Visit(door, {
      address: request.ip,
      send(news) {
        frames.push(news);
        if (waiting && isNews(news)) ended.abort();
      },
    });
    try {
      for (const frame of read.data.frames) {
        const call = readCall(frame);
        if (call.kind === 'call') await visit.take(call.call);
        if (call.kind === 'malformed') visit.malformed(call.detail, call.clientId);
      }
      if (read.data.wait && !frames.some(isNews)) {
        waiting = true;
        request.raw.once('close', () => ended.abort());
        const news = await pause(WAIT_MS, false, { signal: ended.signal }).catch(() => true);
        if (news) await pause(GATHER_MS);
      }
    } finally {
      visit.close();
    }
    return reply.header('cache-control', 'no-store').send({ frames });
  });
}
