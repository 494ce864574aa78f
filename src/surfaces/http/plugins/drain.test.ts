import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { silentLog } from '../../../../test/harness/log.ts';
import { drawErrors } from './errors.ts';

it('answers 413 to a client that writes all of 20 MB before it reads', async () => {
  const app = fastify({ bodyLimit: 1024 });
  drawErrors(app, silentLog);
  app.post('/', () => ({}));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const size = 20_000_000;
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('requestId')) {
        socket.end();
        resolve(text);
      }
    });
    socket.write(
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${size}\r\n\r\n`,
    );
    socket.write(Buffer.alloc(size, 'a'), (error) => error && reject(error));
  });
  expect(answer).toMatch(/^HTTP\/1.1 413/);
  expect(answer).toContain('"too_large"');
  await app.close();
});
