import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './harness.ts';

const personSchema = new mongoose.Schema(
  {
    email: { type: String, unique: true },
    visits: Number,
    friends: [{ type: mongoose.Schema.Types.ObjectId, ref: 'Person' }],
    score: mongoose.Schema.Types.Decimal128,
    big: BigInt,
  },
  { timestamps: true },
);

describe('mongoose', () => {
  let bench: Bench;
  let connection: mongoose.Connection;
  let Person: mongoose.Model<mongoose.InferSchemaType<typeof personSchema>>;

  beforeAll(async () => {
    bench = await startBench();
    connection = await mongoose.createConnection(bench.mongo.uri).asPromise();
    Person = connection.model('Person', personSchema);
    await Person.init();
  });
  afterAll(async () => {
    await connection.close();
    await bench.stop();
  });

  it('talks to the database that the address names', () => {
    expect(connection.name).toBe('openline');
  });

  it('creates, refuses a second of a unique field, upserts and populates', async () => {
    const ann = await Person.create({ email: 'ann', visits: 1 });
    await expect(Person.create({ email: 'ann' })).rejects.toMatchObject({ code: 11000 });
    const bob = await Person.findOneAndUpdate(
      { email: 'bob' },
      { $inc: { visits: 1 }, $push: { friends: ann._id } },
      { upsert: true, returnDocument: 'after' },
    );
    expect(bob?.visits).toBe(1);
    const found = await Person.findOne({ email: 'bob' })
      .populate<{ friends: { email: string }[] }>('friends')
      .lean();
    expect(found?.friends[0]?.email).toBe('ann');
  });

  it('keeps decimals and big integers', async () => {
    await Person.create({
      email: 'rich',
      score: '12345.678901234567890',
      big: 9_007_199_254_740_993n,
    });
    const rich = await Person.findOne({ email: 'rich' });
    expect(rich?.score?.toString()).toBe('12345.678901234567890');
    expect(rich?.big).toBe(9_007_199_254_740_993n);
  });

  it('runs transactions, and undoes them', async () => {
    await expect(
      connection.transaction(async (session) => {
        await Person.create([{ email: 'gone' }], { session });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await Person.countDocuments({ email: 'gone' })).toBe(0);
    await connection.transaction(async (session) => {
      await Person.create([{ email: 'stays' }], { session });
    });
    expect(await Person.countDocuments({ email: 'stays' })).toBe(1);
  });

  it('streams a cursor and deletes', async () => {
    await Person.insertMany(Array.from({ length: 250 }, (_, n) => ({ email: `p${n}`, visits: n })));
    let seen = 0;
    for await (const person of Person.find({ visits: { $gte: 100 }, email: /^p/ }).cursor())
      if (person.email) seen++;
    expect(seen).toBe(150);
    const { deletedCount } = await Person.deleteMany({ email: /^p/ });
    expect(deletedCount).toBe(250);
  });
});
