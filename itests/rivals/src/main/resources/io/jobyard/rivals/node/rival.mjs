// SPDX-License-Identifier: Apache-2.0
// The process of a library for Node: node rival.mjs LIBRARY URL. The first line of the input is the password of the
// database; each other line is a command of Commands.java, answered with a line of JSON.
import { createInterface } from 'node:readline';

const WORKERS = 4;
const BYTES = 200;
const LIMIT_MILLIS = 60_000;
const [, , library, url] = process.argv;

// Only answers go to the output.
console.log = console.info = console.debug = () => {};

const begun = new Float64Array(2_000_000);
let count = 0;
let submitted = 0;

function handle(payload) {
  const number = Number(payload.slice(0, 8));
  if (begun[number] === 0) {
    begun[number] = performance.now();
    count++;
  }
}

const payload = (number) => String(number).padStart(8, '0') + 'x'.repeat(BYTES - 8);
const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const libraries = {
  async 'graphile-worker'(address) {
    const { run, makeWorkerUtils } = await import('graphile-worker');
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({ connectionString: address, max: 12 });
    pool.on('error', (error) => console.error(error));
    pool.on('connect', (client) => client.on('error', (error) => console.error(error)));
    const utils = await makeWorkerUtils({ pgPool: pool });
    await utils.migrate();
    let runner;
    const start = async () => {
      // As its manual advises for a high throughput.
      const preset = { worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
      runner = await run({
        pgPool: pool,
        concurrency: WORKERS,
        noHandleSignals: true,
        taskList: { bench: ({ p }) => handle(p) },
        preset,
      });
    };
    return {
      submit: (p) => utils.addJob('bench', { p }),
      submitAll: (all) => utils.addJobs(all.map((p) => ({ identifier: 'bench', payload: { p } }))),
      start,
      pause: () => runner.stop(),
      completed: async () =>
        (await pool.query('SELECT NOT EXISTS (SELECT FROM graphile_worker._private_jobs) AS done')).rows[0].done,
    };
  },

  async 'pg-boss'(address) {
    const { default: PgBoss } = await import('pg-boss');
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({ connectionString: address, max: 2 });
    const boss = new PgBoss({ connectionString: address, max: 12 });
    boss.on('error', (error) => console.error(error));
    await boss.start();
    await boss.createQueue('bench');
    return {
      submit: (p) => boss.send('bench', { p }),
      submitAll: (all) => boss.insert(all.map((p) => ({ name: 'bench', data: { p } }))),
      // The shortest interval that it has, and batches, as its manual advises for a high throughput.
      start: async () => {
        for (let i = 0; i < WORKERS; i++) {
          await boss.work('bench', { batchSize: 250, pollingIntervalSeconds: 0.5 }, async (jobs) => {
            jobs.forEach((job) => handle(job.data.p));
          });
        }
      },
      pause: () => boss.offWork('bench'),
      completed: async () =>
        (await pool.query("SELECT NOT EXISTS (SELECT FROM pgboss.job WHERE name = 'bench' AND state < 'completed') AS done"))
          .rows[0].done,
    };
  },

  async BullMQ(address) {
    const { Queue, Worker } = await import('bullmq');
    const connection = { host: '127.0.0.1', port: Number(new URL(address).port), maxRetriesPerRequest: null };
    const queue = new Queue('bench', { connection });
    let worker;
    return {
      submit: (p) => queue.add('bench', { p }),
      submitAll: (all) => queue.addBulk(all.map((p) => ({ name: 'bench', data: { p } }))),
      start: async () => {
        worker = new Worker('bench', async (job) => handle(job.data.p), { connection, concurrency: WORKERS });
      },
      pause: () => worker.close(),
      completed: async (total) => (await queue.getCompletedCount()) === total,
    };
  },
};

async function awaitBegun(wanted) {
  const end = performance.now() + LIMIT_MILLIS;
  while (count < wanted && performance.now() < end) {
    await sleep(2);
  }
}

async function awaitCompleted(rival) {
  while (count >= submitted && !(await rival.completed(submitted))) {
    await sleep(2);
  }
}

async function submit(rival, jobs, threads) {
  const last = submitted + jobs;
  const end = performance.now() + LIMIT_MILLIS;
  const submitter = async () => {
    while (submitted < last && performance.now() < end) {
      await rival.submit(payload(submitted++));
    }
  };
  await Promise.all(Array.from({ length: threads }, submitter));
}

async function submitAll(rival, jobs, batch) {
  const last = submitted + jobs;
  const end = performance.now() + 2 * LIMIT_MILLIS;
  while (submitted < last && performance.now() < end) {
    const size = Math.min(batch, last - submitted);
    const first = submitted;
    await rival.submitAll(Array.from({ length: size }, (_, i) => payload(first + i)));
    submitted += size;
  }
}

const commands = {
  async submit(rival, jobs, threads, batch) {
    const from = submitted;
    await (batch === 1 ? submit(rival, jobs, threads) : submitAll(rival, jobs, batch));
    return { jobs: submitted - from };
  },

  async drain(rival, jobs) {
    const from = count;
    await rival.start();
    await awaitBegun(from + jobs);
    const done = Math.min(jobs, count - from);
    await awaitCompleted(rival);
    return { jobs: done };
  },

  async work(rival, jobs, threads) {
    const from = count;
    await rival.start();
    await submit(rival, jobs, threads);
    await awaitBegun(submitted);
    await awaitCompleted(rival);
    return { jobs: count - from };
  },

  async latency(rival, jobs, everyMillis) {
    await rival.start();
    const returned = [];
    const first = submitted;
    for (let i = 0; i < jobs; i++) {
      await rival.submit(payload(submitted++));
      returned.push(performance.now());
      await sleep(everyMillis);
    }
    await awaitBegun(submitted);
    await awaitCompleted(rival);
    const millis = returned.map((at, i) => Math.max(0, begun[first + i] - at)).sort((a, b) => a - b);
    const percentile = (percent) => millis[Math.min(jobs - 1, Math.floor((jobs * percent) / 100))];
    return { jobs, p50: percentile(50), p99: percentile(99) };
  },
};

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const password = (await lines.next()).value;
const address = url.replace('jdbc:postgresql://', `postgres://bench:${password}@`);
const rival = await libraries[library](address);
for await (const line of lines) {
  const [name, ...numbers] = line.split(' ');
  const cpu = process.cpuUsage();
  const at = performance.now();
  const done = await commands[name](rival, ...numbers.map(Number));
  const seconds = (performance.now() - at) / 1e3;
  const used = process.cpuUsage(cpu);

  if (name !== 'submit') {
    await rival.pause(); // not part of the work
  }
  const cpuSeconds = (used.user + used.system) / 1e6;
  process.stdout.write(`${JSON.stringify({ p50: 0, p99: 0, ...done, seconds, cpuSeconds })}\n`);
}
process.exit(0);
