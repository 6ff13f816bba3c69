// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.spi.running.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Runs whose handlers are to show that they live, and what a handler is told of the end of its run. */
@Timeout(60)
class HeartbeatTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final WorkerFixture workers = new WorkerFixture();
    private final List<JobContext> inside = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void aRunThatIsSilentForTooLongIsInterruptedAndFailsAsAtItsTimeout() {
        JobId id = begin(LIMIT);
        silentFor(Duration.ofSeconds(29));
        assertThat(workers.outcomes(id)).isEmpty();
        assertThat(inside.get(0).endReason()).isEmpty();
        silentFor(LIMIT);

        workers.awaitOutcome(id, new Outcome.TimedOut(LIMIT, true, false));
    }

    @Test
    void eachCallOfItsContextIsASignOfLife() {
        JobId id = begin(Duration.ofSeconds(3));
        JobContext context = inside.get(0);
        List<Consumer<JobContext>> calls = List.of(
                JobContext::heartbeat,
                JobContext::cancelled,
                JobContext::endReason,
                JobContext::endsBy,
                alive -> alive.extend(LIMIT),
                JobContext::job,
                JobContext::payload,
                JobContext::run,
                alive -> alive.payload(Map.class),
                alive -> alive.result(Map.of()),
                alive -> alive.log("on"),
                alive -> alive.progress(1, 2, "on"),
                alive -> alive.used("tokens", 1),
                alive -> assertThatThrownBy(() -> alive.sleep(LIMIT)).hasMessageContaining("only the handler's own"));
        for (Consumer<JobContext> call : calls) {
            silentFor(Duration.ofSeconds(2));
            call.accept(context);
        }
        silentFor(Duration.ofSeconds(2));
        assertThat(workers.outcomes(id)).isEmpty();
        assertThat(workers.pool.run(id).orElseThrow().ending()).isNull();
    }

    @Test
    void aHandlerThatWaitsForTheHostIsNotSilent() {
        StepFixture job = new StepFixture();
        job.workers.onWork = (method, arguments) -> {
            job.pass(WorkerFixture.TIMEOUT.minusSeconds(1)); // a slow store
            job.latest().endIfSilentFor(LIMIT);
        };
        job.completed(context -> {
            context.step("work", Integer.class, () -> 1);
            job.latest().endIfSilentFor(LIMIT);
            assertThat(context.endReason()).isEmpty();
            return Map.of();
        });
    }

    @Test
    void theConfigurationOfATypeWinsOverWhatTheHandlerSaysAlsoWhileItRuns() {
        JobId id = begin(LIMIT);
        configure("100");
        silentFor(Duration.ofSeconds(45));
        assertThat(workers.outcomes(id)).isEmpty();
        configure("5");
        workers.watch.look();
        workers.awaitOutcome(id, new Outcome.TimedOut(Duration.ofSeconds(5), true, false));
    }

    @Test
    void aRunWithoutALimitMayBeSilentUntilItsTimeout() {
        JobId id = begin(Duration.ZERO);
        silentFor(WorkerFixture.TIMEOUT.minusMillis(1));
        assertThat(workers.outcomes(id)).isEmpty();
        silentFor(Duration.ofMillis(1));
        workers.awaitOutcome(id, new Outcome.TimedOut(WorkerFixture.TIMEOUT));
    }

    @Test
    void aSilentRunThatIgnoresItsInterruptIsGivenUpAndShownAsSilent() {
        workers.handlers.add(handler(LIMIT, workers::ignoreInterrupts));
        workers.pool.resize();
        JobId id = workers.begin("work");
        silentFor(LIMIT);
        assertThat(workers.pool.run(id).orElseThrow().ending())
                .endsWith(": its handler has not called its context for 30 s");
        silentFor(workers.settings.cancelGrace());
        assertThat(workers.outcomes(id)).containsExactly(new Outcome.TimedOut(LIMIT, true, false));
    }

    @Test
    void aHandlerIsToldWhyAndByWhenItsRunEnds() {
        for (EndReason reason : EndReason.values()) {
            Run run = workers.run(workers.assignment("told"));
            workers.handle("told", context -> {
                assertThat(context.endReason()).isEmpty();
                run.end(reason);
                assertThat(context.endReason()).contains(reason);
                assertThat(context.endsBy()).isEqualTo(WorkerFixture.START.plus(WorkerFixture.TIMEOUT));
                assertThat(Thread.interrupted()).isTrue();
                inside.add(context);
                return Map.of();
            });
            workers.execute(run);
            workers.handlers.find("told", (String) null).ifPresent(workers.handlers::remove);
        }
        assertThat(inside).hasSize(EndReason.values().length);
    }

    @Test
    void aDeadlineThatComesBeforeTheTimeoutIsWhenTheRunEnds() {
        Instant deadline = WorkerFixture.START.plusSeconds(7);
        workers.deadline(deadline);
        workers.handle("told", context -> {
            assertThat(context.endsBy()).isEqualTo(deadline);
            return Map.of();
        });
        assertThat(workers.execute(workers.run(workers.assignment("told")))).isEqualTo(new Outcome.Completed("{}"));
    }

    @Test
    void whatAHandlerSaysIsReadFromItsPropertyAndRefusedIfItIsNone() throws Exception {
        assertThat(read(null)).isZero();
        assertThat(read(0)).isZero();
        assertThat(read(30)).isEqualTo(LIMIT);
        assertThat(read("86400")).isEqualTo(Duration.ofDays(1));
        for (Object wrong : List.of(-1, 86_401, "soon")) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOf(RefusedHandlerException.class)
                    .hasMessage("invalid heartbeat " + wrong + ": use whole seconds, 1 to 86400, or 0 for none");
        }
    }

    @Test
    void theTimeoutOfJobsThatNameNoneIsReadInTheSameWay() throws Exception {
        Map<String, Object> properties = new HashMap<>(Map.of(HandlesJob.TYPE, "work", HandlesJob.TIMEOUT, 600));
        assertThat(HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null)
                        .runTerms
                        .timeout())
                .isEqualTo(Duration.ofMinutes(10));
        properties.put(HandlesJob.TIMEOUT, "soon");
        assertThatThrownBy(() -> HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null))
                .hasMessage("invalid timeout soon: use whole seconds, 1 to 86400, or 0 for none");
    }

    private static Duration read(Object heartbeat) throws RefusedHandlerException {
        Map<String, Object> properties = new HashMap<>(Map.of(HandlesJob.TYPE, "work"));
        properties.put(HandlesJob.HEARTBEAT, heartbeat);
        return HandlerReader.read(ReferenceFixture.of(properties), () -> context -> Map.of(), null)
                .runTerms
                .heartbeat();
    }

    private void configure(String seconds) {
        ConfiguredType type = new ConfiguredType(
                new FakeInstance(directory),
                new HashMap<>(Map.of("service.pid", "io.jobyard.types~work", "heartbeat.seconds", seconds)));
        workers.pins.put("work", type.current());
        workers.handlers.changed();
    }

    private JobId begin(Duration heartbeat) {
        workers.handlers.add(handler(heartbeat, context -> {
            inside.add(context);
            return workers.waitForExit(context);
        }));
        workers.pool.resize();
        JobId id = workers.begin("work");
        await().until(() -> inside.size() == 1);
        return id;
    }

    private static Handler handler(Duration heartbeat, JobHandler service) {
        HandlerTerms terms = new HandlerTerms(
                PayloadSchema.NONE,
                Set.of(),
                Set.of(),
                new RunTerms(heartbeat, Duration.ZERO, false, false),
                "",
                Set.of(),
                null,
                false);
        return new Handler("work", Version.parseVersion("1.0.0"), "test 1.0.0", 1, service, terms);
    }

    private void silentFor(Duration time) {
        workers.pass(time);
        workers.watch.look();
    }
}
