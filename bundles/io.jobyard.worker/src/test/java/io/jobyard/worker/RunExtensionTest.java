// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.doubles.FakeInstance;
import io.jobyard.spi.running.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose handlers ask for more time; their timeout is 60 s. */
@Timeout(60)
class RunExtensionTest {

    private static final Duration ALMOST = WorkerFixture.TIMEOUT.minusSeconds(10);

    private final WorkerFixture workers = new WorkerFixture();
    private final List<JobContext> inside = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        workers.end();
    }

    @Test
    void aRunLastsAsLongAsItsHandlerAsksFromNow() {
        JobId id = begin();
        pass(ALMOST);
        assertThat(context().extend(Duration.ofSeconds(30))).isEqualTo(at(80));
        assertThat(context().endsBy()).isEqualTo(at(80));
        pass(Duration.ofMillis(29_999));
        assertThat(workers.outcomes(id)).isEmpty();
        assertThat(context().endReason()).isEmpty();
        pass(Duration.ofMillis(1));

        workers.awaitOutcome(id, new Outcome.TimedOut(Duration.ofSeconds(80)));
    }

    @Test
    void theTimeoutIsInWholeMillisecondsAndNeverLessThanAsked() {
        begin();
        pass(Duration.ofNanos(1));
        assertThat(context().extend(Duration.ofSeconds(90))).isEqualTo(at(90).plusMillis(1));
        assertThat(run().clock.timeout()).isEqualTo(Duration.ofMillis(90_001));
    }

    @Test
    void aRunNeverEndsEarlierThanBefore() {
        begin();
        assertThat(context().extend(Duration.ZERO)).isEqualTo(at(60));
        assertThat(context().extend(Duration.ofSeconds(59))).isEqualTo(at(60));
        assertThat(run().view().extendedTo()).isNull();
        configure("30");
        assertThat(context().extend(Duration.ofSeconds(100))).isEqualTo(at(60));
        assertThat(run().view().extendedTo()).isNull();
    }

    @Test
    void aRunGetsNoMoreThanItsTypeAllowsAndTheLogSaysSoOnce() {
        JobId id = begin();
        configure("90");
        assertThat(context().extend(Duration.ofSeconds(80))).isEqualTo(at(80));
        pass(Duration.ofSeconds(20));
        assertThat(workers.store.log(id)).isEmpty();
        for (int n = 0; n < 3; n++) {
            assertThat(context().extend(Duration.ofSeconds(80))).isEqualTo(at(90));
        }
        assertThat(run().view().extendedTo()).isEqualTo(at(90));
        configure("95");
        assertThat(context().extend(Duration.ofSeconds(80))).isEqualTo(at(95));
        pass(Duration.ofSeconds(75));

        workers.awaitOutcome(id, new Outcome.TimedOut(Duration.ofSeconds(95)));
        assertThat(told(id))
                .containsExactly("extend(PT1M20S) was not granted in full: the run ends at 2030-01-01T00:01:30Z,"
                        + " because timeout.max in etc/io.jobyard.types-work.cfg is 90");
    }

    @Test
    void noRunLastsLongerThanADay() {
        begin();
        assertThat(context().extend(Duration.ofDays(1))).isEqualTo(at(86_400));
        assertThat(run().lines.isEmpty()).isTrue();
        assertThat(context().extend(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(at(86_400));
        pass(Duration.ofSeconds(1));
        assertThat(context().extend(Duration.ofDays(1))).isEqualTo(at(86_400));
        pass(Duration.ofSeconds(1));
        assertThat(told(run().id()))
                .containsExactly("extend(PT24H) was not granted in full: the run ends at 2030-01-02T00:00:00Z,"
                        + " because a run may last at most 86400 s: store steps, so that the next run continues after"
                        + " them");
    }

    @Test
    void noRunLastsPastTheDeadlineOfItsJob() {
        workers.deadline(at(75));
        JobId id = begin();
        assertThat(context().extend(Duration.ofSeconds(70))).isEqualTo(at(70));
        assertThat(context().extend(Duration.ofSeconds(80))).isEqualTo(at(75));
        pass(Duration.ofSeconds(75));

        workers.awaitOutcome(id, new Outcome.PastDeadline());
        assertThat(told(id))
                .containsExactly("extend(PT1M20S) was not granted in full: the run ends at 2030-01-01T00:01:15Z,"
                        + " the deadline of its job");
    }

    @Test
    void aRunThatMustEndGetsNoMoreTime() {
        AtomicReference<Run> current = new AtomicReference<>();
        workers.handle("cancelled", context -> {
            current.get().end(EndReason.CANCELLED);
            assertThat(context.extend(Duration.ofSeconds(90))).isEqualTo(at(60));
            assertThat(Thread.interrupted()).isTrue();
            return Map.of();
        });
        current.set(workers.run(workers.assignment("cancelled")));
        workers.execute(current.get());
        assertThat(current.get().view().extendedTo()).isNull();

        workers.handle("late", context -> {
            workers.pass(WorkerFixture.TIMEOUT); // the watch has not looked yet
            assertThat(context.extend(Duration.ofSeconds(30))).isEqualTo(at(60));
            assertThat(context.endReason()).contains(EndReason.TIMEOUT);
            assertThat(Thread.interrupted()).isTrue();
            return Map.of();
        });
        assertThat(workers.execute(workers.run(workers.assignment("late"))))
                .isEqualTo(new Outcome.TimedOut(WorkerFixture.TIMEOUT));
    }

    @Test
    void anInvalidCallIsRefused() {
        JobId id = begin();
        assertThatThrownBy(() -> context().extend(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("extend(PT-1S) is out of range: use a time of 0 or more");
        workers.exit.release();
        await().until(() -> !workers.outcomes(id).isEmpty());
        assertThatThrownBy(() -> context().extend(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("extend is not allowed: run 3 of job ");
    }

    private JobId begin() {
        workers.handle("work", context -> {
            inside.add(context);
            return workers.waitForExit(context);
        });
        workers.pool.resize();
        JobId id = workers.begin("work");
        await().until(() -> inside.size() == 1);
        return id;
    }

    /** The lines of the log, without the stack of the interrupt. */
    private List<String> told(JobId id) {
        return workers.store.log(id).stream()
                .map(LogLine::text)
                .filter(line -> !line.startsWith("\t"))
                .toList();
    }

    private JobContext context() {
        return inside.get(0);
    }

    private Run run() {
        return workers.pool.activeRuns().get(0);
    }

    private void configure(String longest) {
        ConfiguredType type = new ConfiguredType(
                new FakeInstance(directory),
                new HashMap<>(Map.of("service.pid", "io.jobyard.types~work", "timeout.max", longest)));
        workers.pins.put("work", type.current());
    }

    private void pass(Duration time) {
        workers.pass(time);
        workers.watch.look();
    }

    private static Instant at(long seconds) {
        return WorkerFixture.START.plusSeconds(seconds);
    }
}
