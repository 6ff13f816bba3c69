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
 * What outlasts the lives of a host.
 *
 * @param random for ids, so that none comes twice
 * @param commits what runs of the handler that is tested store of steps and waits, and their ends
 * @param moments of the same runs
 * @param changed is told whenever a run is over, and when the host is lost
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
