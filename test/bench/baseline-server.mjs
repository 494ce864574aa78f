// The machine's limit: a bare Fastify route that does one durable insert into the database of MONGODB_URI.
import fastify from 'fastify';
import mongoose from 'mongoose';

const connection = await mongoose
  .createConnection(process.env.MONGODB_URI, { maxPoolSize: 32 })
  .asPromise();
const collection = connection.db.collection('baseline');
const app = fastify({ logger: false });
app.post('/', async (request) => {
  await collection.insertOne({ ...request.body, at: new Date() });
  return { ok: true };
});
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`listening on http://127.0.0.1:${app.server.address().port}`);
