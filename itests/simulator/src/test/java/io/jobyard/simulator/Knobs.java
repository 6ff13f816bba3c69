// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How one world differs from others: each seed draws its own, so that some see many crashes and others none, some many
 * jobs in tiny windows and others few in large ones.
 *
 * @param hosts how many hosts share the database
 * @param steps how many steps before the faults stop
 * @param nest how often somebody else takes a step while one waits for the store, in percent
 * @param pause how often somebody else takes a step while one reads, in percent
 * @param crash how often a step of a committer is the host's last, in ten thousand
 * @param still how often a host stands still or is cut off, in a thousand of its steps
 * @param slow how often a transaction that is sent is not committed at once, in percent
 * @param lostAnswers how often the answer to a commit is lost, in a thousand
 * @param refuse how often the store refuses a change, in a thousand
 * @param unread how often the store cannot be read, in a thousand
 * @param window how many jobs of a lane are in memory
 * @param workers how many runs at once
 * @param batch how many changes share a commit at most
 * @param clockTurnsBack whether the clock may
 * @param limited whether there are limits, and then no check of the order
 */
record Knobs(
        int hosts,
        int steps,
        int nest,
        int pause,
        int crash,
        int still,
        int slow,
        int lostAnswers,
        int refuse,
        int unread,
        int window,
        int workers,
        int batch,
        boolean clockTurnsBack,
        boolean limited) {

    static Knobs of(RandomGenerator random) {
        int hosts = one(random, 1, 2, 3, 4);
        return new Knobs(
                hosts,
                60 + random.nextInt(hosts == 1 ? 240 : 360),
                hosts == 1 ? one(random, 0, 10, 30, 50) : one(random, 10, 30, 50, 70),
                one(random, 0, 0, 2, 10),
                one(random, 0, 20, 100, 400),
                one(random, 0, 10, 30, 100),
                one(random, 0, 30, 60, 80),
                one(random, 0, 0, 20, 100),
                one(random, 0, 0, 10, 50),
                one(random, 0, 0, 5, 30),
                one(random, 1, 2, 3, 16, 1_000),
                1 + random.nextInt(6),
                one(random, 1, 3, 64),
                random.nextInt(8) == 0,
                random.nextInt(3) == 0);
    }

    static Map<String, Object> queue(RandomGenerator random) {
        return Map.of(
                "priority.levels", 1 + random.nextInt(6),
                "aging.seconds", one(random, 0, 1, 60, 600),
                "aging.share.percent", one(random, 1, 10, 25, 50));
    }

    static Map<String, Object> scheduler(RandomGenerator random) {
        return Map.of(
                "retry.base.seconds", one(random, 1, 2, 60),
                "retry.max.seconds", one(random, 1, 600),
                "handler.grace.seconds", one(random, 0, 30, 86_400),
                "default.max.retries", one(random, 0, 1, 3));
    }

    private static int one(RandomGenerator random, int... values) {
        return values[random.nextInt(values.length)];
    }
}
