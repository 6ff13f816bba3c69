// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.JobContext;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.running.Outcome;
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
            "its run stopped the host: com.acme.Rogue.handle called System.exit; throw an exception instead");
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

    private final WorkerFixture workers = new WorkerFixture();
    private final CountDownLatch exit = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final List<Thread> others = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        exit.countDown();
        workers.supervisor.stop();
    }

    @Test
    void theRunWhoseThreadCallsIsChargedAloneAndAtOnce() {
        JobId guilty = begin("exit");
        JobId beside = begin("work");
        called(worker(guilty), EXIT);
        AtomicInteger insideAtTheLoss = new AtomicInteger();
        workers.quarantine.onChange(() -> insideAtTheLoss.set(workers.handlers.infos().stream()
                .filter(handler -> handler.type().equals("exit"))
                .mapToInt(HandlerInfo::running)
                .sum()));

        workers.supervisor.stop();

        assertThat(workers.outcomes(guilty)).containsExactly(CHARGED);
        assertThat(workers.outcomes(beside)).containsExactly(BACK);
        assertThat(insideAtTheLoss).hasValue(1); // the loss is written before the run is let go
        assertThat(workers.quarantined()).containsExactly("test 1.0.0");
    }

    @Test
    void twoRunsWhoseThreadsCallAreBothCharged() {
        JobId one = begin("exit");
        JobId other = begin("exit");
        workers.exits = ExitCalls.of(Map.of(worker(one), EXIT, worker(other), EXIT));

        workers.supervisor.stop();

        assertThat(workers.outcomes(one)).containsExactly(CHARGED);
        assertThat(workers.outcomes(other)).containsExactly(CHARGED);
    }

    @Test
    void aRunThatCallsWhileTheHostStopsIsCharged() {
        JobId guilty = begin("exit");
        Thread stopping = new Thread(workers.supervisor::stop);
        stopping.start();
        await().until(() -> workers.pool.room().threads() == 0);
        called(worker(guilty), EXIT);
        await().until(() -> {
            workers.pass(Duration.ofSeconds(1));
            return !stopping.isAlive();
        });
        assertThat(workers.outcomes(guilty)).containsExactly(CHARGED);
    }

    @Test
    void aCallByAnotherThreadLeavesTheRunsToTheNextStart() {
        JobId one = begin("work");
        JobId other = begin("work");
        called(other(), EXIT);

        workers.supervisor.stop();
        exit.countDown();

        await().until(() -> others.stream().noneMatch(Thread::isAlive));
        assertThat(workers.outcomes).doesNotContainKeys(one, other); // they count as lost with their host
        assertThat(workers.quarantined()).isEmpty();
    }

    @Test
    void aStuckThreadThatCallsCostsNobodyBesideItARun() {
        JobId stuck = begin("exit");
        JobId beside = begin("work");
        Thread thread = worker(stuck);
        workers.pass(WorkerFixture.TIMEOUT);
        workers.watch.look();
        workers.pass(Duration.ofSeconds(1));
        workers.watch.look();
        assertThat(workers.outcomes(stuck)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        called(thread, EXIT);

        workers.supervisor.stop();

        assertThat(workers.outcomes(stuck)).hasSize(1);
        assertThat(workers.outcomes(beside)).hasSize(1);
    }

    @Test
    void aSignalIsAStopThatWasAskedFor() {
        JobId id = begin("work");
        workers.exits = ExitCalls.of(Map.of(other(), SIGNAL, other(), EXIT));

        workers.supervisor.stop();

        assertThat(workers.outcomes(id)).containsExactly(BACK);
        assertThat(ExitCalls.of(Map.of(other(), SIGNAL)).toString()).isEqualTo("nobody");
    }

    @Test
    void anExitInTheStartOfABundleIsNoJobsAndRunsGoBackUncharged() {
        JobId id = begin("work");
        workers.exits = ExitCalls.of(Map.of(new Thread(() -> {}, "jobyard-deploy-jar-1"), EXIT));

        workers.supervisor.stop();

        assertThat(workers.outcomes(id)).containsExactly(BACK);
    }

    @Test
    void theCallerIsNamed() {
        Thread thread = new Thread(() -> {}, "timer of acme");
        assertThat(ExitCalls.of(Map.of(thread, EXIT))).hasToString("com.acme.Rogue.handle in thread timer of acme");
        assertThat(ExitCalls.now(List.of()).callers()).isEmpty();
    }

    private JobId begin(String type) {
        workers.handle(type, this::stay);
        workers.pool.resize();
        int before = inside.get();
        JobId id = workers.give(1, type).get(0);
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
        workers.exits = ExitCalls.of(Map.of(thread, stack));
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, 0);
    }
}
