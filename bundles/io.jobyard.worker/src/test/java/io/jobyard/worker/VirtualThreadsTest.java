// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.Version;

/** Runs of handlers that declare virtual threads: on these with Java 21 or later, otherwise on threads of the workers. */
@Timeout(60)
class VirtualThreadsTest {

    private static final boolean ARE_EXPECTED = Runtime.version().feature() >= 21;

    private final WorkerFixture workers = new WorkerFixture();
    private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void handle() {
        handle("blocks", context -> {
            seen.add(Thread.currentThread());
            return workers.waitForExit(context);
        });
        workers.pool.resize();
    }

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void aThousandRunsBlockAtOnceOnVirtualThreadsOrAsManyAsThereAreWorkers() {
        int atOnce = ARE_EXPECTED ? 1_000 : 2;
        List<JobId> ids = workers.give(1_000, "blocks");
        workers.awaitInside(atOnce);
        assertThat(workers.pool.workers().busy()).isEqualTo(ARE_EXPECTED ? new Slots(0, 1_000) : new Slots(2, 0));
        assertThat(seen).hasSize(atOnce).allSatisfy(thread -> {
            assertThat(isVirtual(thread)).isEqualTo(ARE_EXPECTED);
            assertThat(thread.getName()).startsWith(ARE_EXPECTED ? "jobyard-virtual-" : "jobyard-worker-");
        });

        workers.exit.release(1_000);

        await().until(() -> workers.outcomes.size() == 1_000);
        assertThat(ids).allSatisfy(id -> assertThat(workers.outcomes(id)).containsExactly(new Outcome.Completed("{}")));
        assertThat(workers.most).hasValue(atOnce);
        await().until(() -> workers.pool.workers().busy().total() == 0);
    }

    @Test
    void theQueueAndOtherHostsLearnOfItsSlots() {
        SlotKind expected = ARE_EXPECTED ? SlotKind.ASYNC : SlotKind.THREAD;
        assertThat(workers.handlers.offered())
                .singleElement()
                .satisfies(offered -> assertThat(offered.slots()).isEqualTo(expected));
        assertThat(workers.handlers.thread(workers.assignment("blocks")).slots).isEqualTo(expected);
    }

    @Test
    void itsLogLinesAndClassesAreThoseOfItsHandler() throws Exception {
        MdcFixture mdc = new MdcFixture();
        try {
            ClassLoader loader = getClass().getClassLoader();
            handle(
                    "looks",
                    context -> Map.of(
                            "expected",
                            mdc.mdc.get("job").equals(context.job().id().toString())
                                    && Thread.currentThread().getContextClassLoader() == loader));
            workers.awaitOutcome(workers.give(1, "looks").get(0), new Outcome.Completed("{\"expected\":true}"));
        } finally {
            mdc.end();
        }
    }

    @Test
    void aTimeoutAndACancelInterrupt() {
        JobId late = workers.begin("blocks");
        workers.pass(Duration.ofSeconds(30));
        JobId cancelled = workers.begin("blocks");
        workers.commitCancel(cancelled, WorkerFixture.RUN);
        workers.awaitOutcome(cancelled, new Outcome.Cancelled());
        workers.pass(Duration.ofSeconds(30));
        workers.watch.look();
        workers.awaitOutcome(late, new Outcome.TimedOut(WorkerFixture.TIMEOUT));
    }

    @Test
    void aRunThatIgnoresItsInterruptIsReportedWithItsStack() {
        handle("stubborn", workers::ignoreInterrupts);
        JobId id = workers.begin("stubborn");
        workers.overdue();
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
        assertThat(workers.pool.size()).isEqualTo(new Slots(2, 1_000));
        assertThat(ThreadFindings.of(workers.pool, workers.handlers).get(0).problem())
                .startsWith("thread jobyard-" + (ARE_EXPECTED ? "virtual" : "worker") + "-")
                .contains(" is stuck in job " + id)
                .contains(" < io.jobyard.worker.WorkerFixture.ignoreInterrupts(WorkerFixture.java:")
                .doesNotContain("InterceptorChain");
    }

    @Test
    void aHostThatStopsInterrupts() {
        List<JobId> ids = workers.give(2, "blocks");
        workers.awaitInside(2);
        workers.supervisor.stop();
        ids.forEach(id -> assertThat(workers.outcomes(id))
                .containsExactly(new Outcome.GivenBack("its handler left or the host stopped")));
        await().until(() -> seen.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void aHandlerThatLeavesWaitsForIt() throws Exception {
        Handler leaving = handle("leaving", workers::waitForExit);
        JobId id = workers.begin("leaving");
        assertThat(leaving.runs.drain(Duration.ZERO, Duration.ofSeconds(10))).isZero();
        workers.awaitOutcome(id, new Outcome.GivenBack("its handler left or the host stopped"));
    }

    @Test
    void itsParallelStepsAreOnVirtualThreadsToo() throws Exception {
        Callable<?> step = () -> seen.add(Thread.currentThread());
        StepThreads.callAll(List.of(step, step), 2, ARE_EXPECTED);
        assertThat(seen).isNotEmpty().allSatisfy(thread -> {
            assertThat(thread.getName()).startsWith("jobyard-step-");
            assertThat(isVirtual(thread)).isEqualTo(ARE_EXPECTED);
        });
    }

    @Test
    void anAsynchronousHandlerBlocksNoStarterOnIt() {
        handle("async", new StagedHandler(context -> {
            seen.add(Thread.currentThread());
            workers.waitForExit(context);
            return CompletableFuture.completedFuture(Map.of("n", 1));
        }));
        JobId id = workers.begin("async");
        workers.pass(Duration.ofSeconds(1));
        await().until(() -> workers.pool.blockedRuns().size() == (ARE_EXPECTED ? 0 : 1));
        assertThat(seen)
                .singleElement()
                .satisfies(thread -> assertThat(isVirtual(thread)).isEqualTo(ARE_EXPECTED));
        workers.exit.release(1);
        workers.awaitOutcome(id, new Outcome.Completed("{\"n\":1}"));
    }

    @Test
    void anAsynchronousHandlerMayWaitAfterItReturnedFromIt() {
        handle(
                "async",
                new StagedHandler(context -> CompletableFuture.supplyAsync(() -> {
                    context.sleep(Duration.ofDays(1));
                    return Map.of();
                })));
        JobId id = workers.give(1, "async").get(0);
        await().until(() -> !workers.outcomes(id).isEmpty());
        assertThat(workers.outcomes(id)).singleElement().isInstanceOf(Outcome.WaitsFor.class);
    }

    @Test
    void theDoctorNamesTheTypesThatHaveNoVirtualThreads() {
        handle("also", context -> Map.of());
        workers.handle("usual", context -> Map.of());
        List<Finding> findings = ThreadFindings.of(workers.pool, workers.handlers);
        if (ARE_EXPECTED) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings)
                    .containsExactly(Finding.note(
                            "worker",
                            "handlers of also, blocks declare virtual threads, and Java "
                                    + Runtime.version().feature()
                                    + " has none: their runs use platform threads",
                            "run the host on Java 21 or later"));
        }
    }

    @Test
    void thePropertyIsPlatformOrVirtual() throws Exception {
        assertThat(read("virtual").runTerms.isVirtual()).isTrue();
        assertThat(read("platform").runTerms.isVirtual()).isFalse();
        assertThat(read("").runTerms.isVirtual()).isFalse();
        assertThatThrownBy(() -> read("green"))
                .isInstanceOfSatisfying(
                        RefusedHandlerException.class,
                        e -> assertThat(e.refused.reason())
                                .isEqualTo("invalid thread green: use one of platform, virtual"));
    }

    private static Handler read(String thread) throws RefusedHandlerException {
        return HandlerReader.read(
                ReferenceFixture.of(Map.of(HandlesJob.TYPE, "letter", HandlesJob.THREAD, thread)),
                () -> context -> Map.of(),
                null);
    }

    private Handler handle(String type, JobHandler service) {
        Handler handler = new Handler(
                type,
                Version.parseVersion("1.0.0"),
                "test 1.0.0",
                1,
                service,
                new HandlerTerms(
                        PayloadSchema.NONE,
                        Set.of(),
                        Set.of(),
                        new RunTerms(Duration.ZERO, Duration.ZERO, false, true),
                        "",
                        Set.of(),
                        null,
                        false));
        workers.handlers.add(handler);
        return handler;
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return ARE_EXPECTED && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
