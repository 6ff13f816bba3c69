// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final Recovery recovery = new Recovery();

    @Test
    void runsStartOnceTheLeaderHasTakenBackWhatEndedHostsRan() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> starts = threads.submit(() -> recovery.await(Duration.ofSeconds(50)));
            recovery.follow(true);
            recovery.done(recovery.leadership());
            assertThat(starts.get(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aHostThatIsNotTheLeaderStartsNothing() throws Exception {
        recovery.done(recovery.leadership());
        assertThat(recovery.await(Duration.ZERO)).isFalse();
        recovery.follow(true);
        recovery.done(recovery.leadership());
        recovery.follow(false);
        assertThat(recovery.await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void eachLeadershipBeginsAnewAndIsNotEndedByTheOneBefore() throws Exception {
        recovery.follow(true);
        int first = recovery.leadership();
        recovery.follow(false);
        recovery.follow(true);
        recovery.done(first);
        assertThat(recovery.await(Duration.ZERO)).isFalse();
        recovery.done(recovery.leadership());
        recovery.follow(true); // the same goes on
        assertThat(recovery.await(Duration.ZERO)).isTrue();
    }
}
