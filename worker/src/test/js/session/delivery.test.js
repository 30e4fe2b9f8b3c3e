import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from './world.js';

const SEEDS = Number(process.env.SEEDS ?? 40);
const STEPS = 120;
const FAULTS = { lostRequest: 0.08, lostReply: 0.1, twice: 0.1, slow: 0.04, error: 0.05 };

/**
 * A person works in up to two tabs while the network and the browser do their worst. In the end, every
 * answer that was given is stored exactly once, and those to one image in the order they were given.
 */
async function work(seed) {
  const world = createWorld({ seed, images: 150, faults: FAULTS, merge: (mine) => mine });
  const given = new Map(); // id of the answer → key, of those that the browser has promised to keep
  const order = new Map(); // key → values in the order in which they were given
  let value = 0;
  world.onOpen = (tab) => assertAlone(world, tab);
  world.network.onCrossing = () => assert.fail('two tabs send at the same time');
  world.openTab();

  const pick = (things) => things[Math.floor(world.random() * things.length)];
  const acts = {
    answer: (tab) => answer(tab),
    again: (tab) => tab.answered && tab.core.open(tab.answered).catch(() => {}), // another tab may have it
    draft: (tab) => tab.core.saveDraft({ value }),
    leave: (tab) => tab.core.next(),
    crash: (tab) => {
      tab.kill();
      world.openTab();
    },
    secondTab: () => world.tabs.size < 2 && world.openTab(),
    closeTab: (tab) => world.tabs.size > 1 && tab.kill(),
    outage: () => {
      world.network.down = true;
      world.clock.after(world.random() * 100_000, () => (world.network.down = false));
    },
    signOut: () => {
      world.server.session = null;
      world.clock.after(world.random() * 60_000, () => {
        world.server.session = 'ann';
        world.browser.signedIn('ann');
      });
    },
    elsewhere: () => {
      const image = pick([...world.server.images.values()]);
      image.answers.push({
        submissionId: `other-${value}`,
        reviewer: 'ann',
        outcome: 'ACCEPTED',
        elsewhere: true,
      });
      value += 1;
    },
  };
  const often = [...Array(24).fill('answer'), 'again', 'again', 'draft', 'draft', 'draft', 'leave'];
  const seldom = [
    'crash',
    'crash',
    'secondTab',
    'secondTab',
    'closeTab',
    'outage',
    'signOut',
    'elsewhere',
  ];

  function answer(tab) {
    if (!tab.open) {
      return;
    }
    const key = tab.open.view.key;
    value += 1;
    const mine = value;
    tab.answered = key;
    tab.core.submit({ outcome: 'CORRECTED', value: mine, boxes: [{ x: mine }] }, key).then(() => {
      given.set(mine, key);
      order.set(key, [...(order.get(key) ?? []), mine]);
    });
  }

  for (let step = 0; step < STEPS; step += 1) {
    acts[pick(world.random() < 0.85 ? often : seldom)](pick([...world.tabs]));
    await world.clock.pass(
      world.random() < 0.1 ? world.random() * 90_000 : world.random() ** 3 * 4_000,
    );
  }
  await heal(world);
  return { world, given, order };
}

/** All is well again; half an hour goes by. */
async function heal(world) {
  world.network.faults = {};
  await world.clock.pass(110_000);
  world.network.down = false;
  world.server.session = 'ann';
  world.browser.signedIn('ann');
  await world.clock.pass(1_800_000);
}

function assertAlone(world, tab) {
  const key = tab.open?.view.key;
  const others = [...world.tabs].filter(
    (other) => other !== tab && other.alive && key && other.open?.view.key === key,
  );
  assert.equal(others.length, 0, `${key} is open in two tabs`);
}

test('every answer arrives exactly once, whatever the network and the browser do', async () => {
  let answers = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { world, given, order } = await work(seed);
    const rows = world.server.rows();
    const ids = rows.map((row) => row.submissionId);
    assert.equal(new Set(ids).size, ids.length, `seed ${seed}: an answer is stored twice`);
    assert.deepEqual(
      [...world.browser.stored.keys()],
      [],
      `seed ${seed}: answers are still on their way`,
    );
    for (const [value, key] of given) {
      const times = world.server.images
        .get(key)
        .answers.filter((row) => row.value === value).length;
      assert.equal(times, 1, `seed ${seed}: answer ${value} to ${key} is stored ${times} times`);
    }
    for (const [key, values] of order) {
      const stored = world.server.images
        .get(key)
        .answers.map((row) => row.value)
        .filter((v) => given.has(v));
      assert.deepEqual(stored, values, `seed ${seed}: answers to ${key} changed places`);
    }
    for (const { state } of world.tabs) {
      assert.ok(
        state.phase === 'working' && state.signedOut === null,
        `seed ${seed}: a tab is stuck`,
      );
    }
    answers += given.size;
  }
  assert.ok(answers > 20 * SEEDS, `the person hardly came to work: ${answers} answers`);
});
