// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of runs when somebody ends the process by {@code System.exit}. */
class ExitTest {

    private static final Outcome CHARGED = new Outcome.Crashed(
            "its run ended the host: com.acme.Rogue.handle called System.exit; throw an exception instead");
    private static final Outcome BACK = new Outcome.GivenBack("its handler left or the host stopped");
    private static final StackTraceElement[] EXIT = {
        frame("java.lang.Shutdown", "exit"),
        frame("java.lang.Runtime", "exit"),
        frame("java.lang.System", "exit"),
        frame("com.acme.Rogue", "handle")
    };
    private static final StackTraceElement[] SIGNAL = {
        frame("java.lang.Shutdown", "exit"),
        frame("java.lang.Terminator$1", "handle"),
        frame("jdk.internal.misc.Signal$1", "run"),
        frame("java.lang.Thread", "run")
    };

    private final Floor floor = new Floor();
    private final CountDownLatch exit = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Thread> others = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        exit.countDown();
        floor.pool.stop();
    }

    @Test
    void theRunWhoseThreadCallsIsChargedAloneAndAtOnce() {
        JobId guilty = begin("exit");
        JobId beside = begin("work");
        called(worker(guilty), EXIT);

        floor.pool.stop();

        assertThat(floor.outcomes(guilty)).containsExactly(CHARGED);
        assertThat(floor.outcomes(beside)).containsExactly(BACK);
        assertThat(floor.endedBy).containsExactly("test 1.0.0");
    }

    @Test
    void twoRunsWhoseThreadsCallAreBothCharged() {
        JobId one = begin("exit");
        JobId other = begin("exit");
        floor.exits = ExitCalls.of(Map.of(worker(one), EXIT, worker(other), EXIT));

        floor.pool.stop();

        assertThat(floor.outcomes(one)).containsExactly(CHARGED);
        assertThat(floor.outcomes(other)).containsExactly(CHARGED);
    }

    @Test
    void aRunThatCallsWhileTheHostStopsIsCharged() {
        JobId guilty = begin("exit");
        Thread stopping = new Thread(floor.pool::stop);
        stopping.start();
        await().until(() -> floor.pool.awaitRoom(Duration.ZERO) == 0);
        called(worker(guilty), EXIT);
        await().until(() -> {
            floor.pass(Duration.ofSeconds(1));
            return !stopping.isAlive();
        });
        assertThat(floor.outcomes(guilty)).containsExactly(CHARGED);
    }

    @Test
    void aCallByAnotherThreadLeavesTheRunsToTheNextStart() {
        JobId one = begin("work");
        JobId other = begin("work");
        called(other(), EXIT);

        floor.pool.stop();
        exit.countDown();

        await().until(() -> others.stream().noneMatch(Thread::isAlive));
        assertThat(floor.outcomes).doesNotContainKeys(one, other); // they count as lost with their host
        assertThat(floor.endedBy).isEmpty();
    }

    @Test
    void aStuckThreadThatCallsCostsNobodyBesideItARun() {
        JobId stuck = begin("exit");
        JobId beside = begin("work");
        Thread thread = worker(stuck);
        floor.pass(Floor.TIMEOUT);
        floor.pool.watch();
        floor.pass(Duration.ofSeconds(1));
        floor.pool.watch();
        assertThat(floor.outcomes(stuck)).containsExactly(new Outcome.TimedOut(Floor.TIMEOUT));
        called(thread, EXIT);

        floor.pool.stop();

        assertThat(floor.outcomes(stuck)).hasSize(1);
        assertThat(floor.outcomes(beside)).hasSize(1);
    }

    @Test
    void aSignalIsAStopThatWasAskedFor() {
        JobId id = begin("work");
        floor.exits = ExitCalls.of(Map.of(other(), SIGNAL, other(), EXIT));

        floor.pool.stop();

        assertThat(floor.outcomes(id)).containsExactly(BACK);
        assertThat(ExitCalls.of(Map.of(other(), SIGNAL)).toString()).isEqualTo("nobody");
    }

    @Test
    void theCallerIsNamed() {
        Thread thread = new Thread(() -> {}, "timer of acme");
        assertThat(ExitCalls.of(Map.of(thread, EXIT))).hasToString("com.acme.Rogue.handle in thread timer of acme");
        assertThat(ExitCalls.now().callers()).isEmpty();
    }

    private JobId begin(String type) {
        floor.handle(type, this::stay);
        floor.pool.resize();
        int before = inside.get();
        JobId id = floor.give(1, type).get(0);
        await().until(() -> inside.get() == before + 1);
        return id;
    }

    /** Until the test lets it go; the thread that ends the process also hears no interrupt. */
    private Map<String, Object> stay(JobContext context) {
        others.add(Thread.currentThread());
        Thread.currentThread().setName(context.job().id().toString());
        inside.incrementAndGet();
        boolean told = false;
        while (!told) {
            try {
                exit.await();
                told = true;
            } catch (InterruptedException e) {
                told = context.job().terms().type().equals("work");
            }
        }
        throw new IllegalStateException("told to go");
    }

    private Thread worker(JobId id) {
        return others.stream()
                .filter(thread -> thread.getName().equals(id.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static Thread other() {
        return new Thread(() -> {}, "other");
    }

    private void called(Thread thread, StackTraceElement[] stack) {
        floor.exits = ExitCalls.of(Map.of(thread, stack));
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, 0);
    }
}
