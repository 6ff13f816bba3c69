// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.JobId;
import io.jobyard.testkit.LongestDelay;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Parts that all incarnations of a host share.
 *
 * @param random source of ids, so that each id is unique
 * @param commits commits of steps, waits and ends in runs of the tested handler
 * @param moments moments in the same runs
 * @param changed is notified when a run has ended, and when the host is lost
 */
record TestServices(
        SettableClock clock,
        SettableAccess access,
        RandomGenerator random,
        RunNotes notes,
        Given given,
        Points<HostLoss.Side> commits,
        Points<Consumer<JobId>> moments,
        Runnable changed) {

    TestServices(String type, Runnable changed) {
        this(
                new SettableClock(Instant.parse("2030-01-01T00:00:00Z")),
                new SettableAccess(),
                new LongestDelay(),
                new RunNotes(),
                new Given(),
                new Points<>(type),
                new Points<>(type),
                changed);
    }
}
