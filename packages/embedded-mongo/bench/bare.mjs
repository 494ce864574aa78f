// A client without a driver: sends the same few commands over and over and only counts the answers,
// so that what the database can do is seen beside what a driver can.
import { connect } from 'node:net';
import { BSON } from 'mongodb';

const IN_FLIGHT = 16;
const OP_MSG = 2013;
const socketPath = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(process.argv[2])[1]);

function messageOf(command) {
  const document = BSON.serialize({ ...command, $db: 'bench' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, document]);
}

/** A connection; `ask` resolves when the whole answer is there. */
function open() {
  const socket = connect(socketPath);
  let wanted = 0;
  let have = 0;
  let answered;
  socket.on('data', (bytes) => {
    // One command at a time: an answer begins where the one before ended.
    if (!have) wanted = bytes.readInt32LE(0);
    have += bytes.length;
    if (have < wanted) return;
    have = 0;
    answered();
  });
  return {
    ask: (message) =>
      new Promise((resolve) => {
        answered = resolve;
        socket.write(message);
      }),
  };
}

const anyUser = () => `u${Math.floor(Math.random() * 1000)}`;
const COMMANDS = {
  ping: () => ({ ping: 1 }),
  findSortLimit50: () => ({
    find: 'items',
    filter: { user: anyUser() },
    sort: { at: -1 },
    limit: 50,
  }),
};

const connections = Array.from({ length: IN_FLIGHT }, open);
process.on('message', async ({ name, seconds }) => {
  const messages = Array.from({ length: 500 }, () => messageOf(COMMANDS[name]()));
  let done = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    connections.map(async ({ ask }) => {
      while (performance.now() < end) await ask(messages[done++ % messages.length]);
    }),
  );
  process.send({ done, seconds: (performance.now() - start) / 1000 });
});
process.on('disconnect', () => process.exit());
