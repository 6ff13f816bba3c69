// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProcessEndTest {

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final AtomicLong millis = new AtomicLong();
    private final AtomicBoolean isDone = new AtomicBoolean();
    private final Tree tree = new Tree();

    /** Each pause, and each look at the tree, takes the time that a test says. */
    private final ProcessEnd end =
            new ProcessEnd(GRACE, TIMEOUT, () -> Duration.ofMillis(millis.get()).toNanos(), millis::addAndGet);

    private long lookMillis;

    @Test
    void aProcessThatEndsInTheGraceIsNotKilled() {
        tree.endsAfterAsked = 3;

        end.end(tree, () -> isDone.set(true));

        assertThat(tree.kills).isZero();
        assertThat(isDone).isTrue();
        assertThat(millis.get()).isLessThan(GRACE.toMillis());
    }

    @Test
    void aHostThatStandsStillDuringTheGraceKillsAllTheSame() {
        lookMillis = Duration.ofHours(1).toMillis();
        tree.endsAfterKilled = 1;

        end.end(tree, () -> isDone.set(true));

        assertThat(tree.kills).isPositive();
        await().untilTrue(isDone);
    }

    @Test
    void aTreeIsKilledAgainUntilItIsEmpty() {
        tree.endsAfterKilled = 40;

        end.end(tree, () -> isDone.set(true));

        assertThat(isDone).as("within the patience").isTrue();
        assertThat(tree.kills).isEqualTo(40);
        assertThat(end.unended()).isEmpty();
    }

    @Test
    void aTreeThatDoesNotEndIsKilledByAThreadAndIsFound() {
        tree.endsAfterKilled = Integer.MAX_VALUE;

        end.end(tree, () -> isDone.set(true));

        assertThat(isDone).isFalse();
        assertThat(end.unended()).containsExactly(7L);
        tree.endsAfterKilled = tree.kills + 10;
        await().untilTrue(isDone);
        assertThat(end.unended()).isEmpty();
    }

    @Test
    void anInterruptCutsTheGraceAndStays() {
        ProcessEnd interrupted = new ProcessEnd(GRACE, TIMEOUT, () -> 0, pause -> {
            if (tree.kills == 0) {
                throw new InterruptedException();
            }
        });
        tree.endsAfterKilled = 2;

        interrupted.end(tree, () -> isDone.set(true));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(isDone).isTrue();
    }

    @Test
    void aTreeThatCannotBeLookedAtIsNotEmpty() {
        tree.isHiddenUntilKilled = 3;
        tree.endsAfterKilled = 5;

        end.end(tree, () -> isDone.set(true));

        assertThat(tree.kills).isEqualTo(5);
        assertThat(isDone).isTrue();
    }

    @Test
    void theInterruptThatEndsARunLeavesTheGraceToItsProcesses() {
        tree.endsAfterAsked = 3;
        Thread.currentThread().interrupt();

        end.end(tree, () -> isDone.set(true));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tree.kills).isZero();
    }

    /** A process that ends when it was asked or killed often enough. */
    private final class Tree implements ProcessTree {

        private volatile int endsAfterAsked = Integer.MAX_VALUE;
        private volatile int endsAfterKilled = Integer.MAX_VALUE;
        private volatile int isHiddenUntilKilled;
        private volatile int asks;
        private volatile int kills;

        @Override
        public boolean isEmpty() {
            millis.addAndGet(lookMillis);
            if (kills < isHiddenUntilKilled) {
                throw new IllegalStateException("too many open files");
            }
            return asks >= endsAfterAsked || kills >= endsAfterKilled;
        }

        @Override
        public void ask() {
            asks++;
        }

        @Override
        public void kill() {
            kills++;
        }

        @Override
        public Set<Long> pids() {
            return Set.of(7L);
        }

        @Override
        public List<String> wrap(List<String> line) {
            throw new AssertionError();
        }

        @Override
        public void add(ProcessHandle process) {
            throw new AssertionError();
        }

        @Override
        public void remove() {
            throw new AssertionError();
        }
    }
}
