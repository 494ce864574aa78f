import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../../test/harness/log.ts';
import { freshDatabaseUri } from '../../../../test/harness/stores.ts';
import { MIGRATIONS } from './all.ts';
import type { Migration } from './migration.ts';
import { runMigrations } from './run-migrations.ts';

let connection: mongoose.Connection;
let backups: number;
let ran: string[];
beforeEach(async () => {
  connection = await mongoose.createConnection(freshDatabaseUri()).asPromise();
  [backups, ran] = [0, []];
});
afterEach(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const step = (id: string, work: () => Promise<unknown> = async () => {}): Migration => ({
  id,
  async up() {
    ran.push(id);
    await work();
  },
});
const run = (...migrations: Migration[]) =>
  runMigrations(connection, {
    migrations,
    log: silentLog,
    backup: async () => {
      backups++;
      ran.push('backup');
    },
  });

describe('migrations', () => {
  it('run in order, once, and only what is new', async () => {
    await run(step('0001-a'), step('0002-b'));
    await run(step('0001-a'), step('0002-b'));
    await run(step('0001-a'), step('0002-b'), step('0003-c'));
    expect(ran).toEqual(['0001-a', '0002-b', '0003-c']);
  });

  it('run once when ten processes start together; all wait for the end', async () => {
    let ended = false;
    const slow = step('0001-slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      ended = true;
    });
    const seen = await Promise.all(Array.from({ length: 10 }, () => run(slow).then(() => ended)));
    expect(ran).toEqual(['0001-slow']);
    expect(seen).toEqual(Array.from({ length: 10 }, () => true));
  });

  it('take one backup, before the first step, and only when there is something to lose', async () => {
    await run(step('0001-a'));
    expect(backups).toBe(0);
    await connection.collection('contacts').insertOne({ name: 'Ann' });
    await run(step('0001-a'), step('0002-b'), step('0003-c'));
    expect(ran).toEqual(['0001-a', 'backup', '0002-b', '0003-c']);
  });

  it('go on where they failed', async () => {
    let broken = true;
    const steps = [
      step('0001-a'),
      step('0002-b', async () => {
        if (broken) throw new Error('The disk is full.');
      }),
    ];
    await expect(run(...steps)).rejects.toThrow('The disk is full.');
    broken = false;
    await run(...steps);
    expect(ran).toEqual(['0001-a', '0002-b', '0002-b']);
  });

  it('take over from a process that died, when its lock has run out', async () => {
    const locks = connection.collection<{ _id: string; by: string; until: Date }>('migrations');
    await locks.insertOne({ _id: 'lock', by: 'dead', until: new Date(Date.now() + 400) });
    await run(step('0001-a'));
    expect(ran).toEqual(['0001-a']);
    expect(await locks.findOne({ _id: 'lock' })).toBeNull();
  });

  it('refuse a database that a newer version has changed', async () => {
    await run(step('0001-a'), step('0002-new'));
    await expect(run(step('0001-a'))).rejects.toThrow('newer version (0002-new)');
  });

  it('do nothing when all of them have to begin again', async () => {
    for (const migration of MIGRATIONS) await migration.up(connection);
    const before = await connection.collection('pipelines').find().toArray();
    for (const migration of MIGRATIONS) await migration.up(connection);
    expect(await connection.collection('pipelines').find().toArray()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('are numbered in their order, each under a number of its own', () => {
    const ids = MIGRATIONS.map((migration) => migration.id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
    expect(ids.every((id) => /^\d{4}-[a-z-]+$/.test(id))).toBe(true);
  });
});
