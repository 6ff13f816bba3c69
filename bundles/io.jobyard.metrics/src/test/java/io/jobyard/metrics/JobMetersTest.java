// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.Fire;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.SampledCount;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.StatusReporter;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.running.RunMonitor;
import io.jobyard.spi.store.JobRemoval;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobMetersTest {

    private final SettableClock clock = new SettableClock(Draft.T0.plusSeconds(10));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JobMeters meters = new JobMeters(registry, clock, (queue, type) -> queue == null ? "default" : queue);
    private final InMemoryStore store = new InMemoryStore(UUID.randomUUID(), "here");

    @BeforeEach
    void listen() {
        store.listen(new CommitListener() {
            @Override
            public void opened(StoreSnapshot snapshot) {
                // nothing is there
            }

            @Override
            public void committed(List<Committed> changes) {
                meters.committed(changes);
            }

            @Override
            public void removed(List<? extends JobSummary> jobs, boolean elsewhere) {
                meters.removed(jobs);
            }
        });
    }

    private StoredJob start(Draft draft) {
        StoredJob job = draft.admitted().stored();
        store.admit(List.of(draft.admitted())).join();
        store.move(Moves.start(job, store)).join();
        return read(job);
    }

    private StoredJob read(StoredJob job) {
        return store.job(job.id()).orElseThrow();
    }

    private StoredJob complete(Draft draft) {
        StoredJob job = start(draft);
        store.move(Moves.complete(job, "{}")).join();
        return read(job);
    }

    @Test
    void jobsAreCountedAndRunsTimedByTypeQueueAndOutcome() {
        complete(Draft.job());
        complete(Draft.job().queue("llm"));
        store.move(Moves.fail(start(Draft.job()), "broken")).join();
        store.move(Moves.queue(start(Draft.job()))).join();

        assertThat(registry.get(JobMeters.SUBMITTED)
                        .tags("type", "echo", "queue", "default")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get(JobMeters.ENDED)
                        .tags("queue", "llm", "outcome", "completed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get(JobMeters.ENDED)
                        .tags("outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get(JobMeters.RUN)
                        .tags("queue", "llm", "outcome", "completed")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(2);
        assertThat(registry.get(JobMeters.RUN)
                        .tags("outcome", "interrupted")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get(JobMeters.WAIT).tags("queue", "default").timer().count())
                .isEqualTo(3);
    }

    @Test
    void commitsTellTheirSizeAndHowLateTheyAre() {
        complete(Draft.job());
        assertThat(registry.get(JobMeters.COMMIT_SIZE).summary().totalAmount()).isEqualTo(3);
        assertThat(registry.get(JobMeters.COMMIT_LAG).timer().max(TimeUnit.SECONDS))
                .isEqualTo(10);
    }

    @Test
    void whatIsRemovedIsCountedByItsStatus() {
        StoredJob job = complete(Draft.job());
        try (JobRemoval removal = store.removal()) {
            removal.remove(List.of(job)).join();
        }
        assertThat(registry.get(JobMeters.REMOVED)
                        .tags("outcome", "completed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void howeverManyTypesThereAreMemoryIsBounded() {
        for (int n = 0; n < JobMeters.KINDS + 50; n++) {
            store.admit(List.of(Draft.job().type("t" + n).admitted())).join();
        }
        assertThat(registry.find(JobMeters.SUBMITTED).meters()).hasSizeLessThanOrEqualTo(JobMeters.KINDS + 1);
        assertThat(registry.get(JobMeters.SUBMITTED)
                        .tags("type", JobMeters.OTHER)
                        .counter()
                        .count())
                .isEqualTo(50);
    }

    @Test
    void theReferenceNamesEveryMeterWithItsTags() throws IOException {
        StoredJob job = complete(Draft.job());
        meters.removed(List.of(job));
        HostMeters.register(
                registry,
                Stub.<StatusReporter>of(StatusReporter.class).get(),
                Stub.<ReadyLanes>of(ReadyLanes.class).get(),
                Stub.<RunMonitor>of(RunMonitor.class).get(),
                Stub.<StoreMaintenance>of(StoreMaintenance.class).get());
        LimitStatus.RateStatus rate = new LimitStatus.RateStatus("tokens", "60/m", 10, 7, null);
        new LimitMeters(registry).look(List.of(LimitMetersTest.limit("provider", 0, rate)));
        DepthMetersTest.look(registry, new SampledCount("default", "echo", 1, 0, 0));
        Fire fire = new Fire("nightly", Instant.EPOCH);
        new ScheduleMeters(registry)
                .seen(new ScheduleEvent(ScheduleEvent.ScheduleOutcome.FIRED, fire, 1, Duration.ofMillis(3), null, ""));
        new BacklogMeters(registry)
                .seen(new BacklogEvent(
                        BacklogEvent.BacklogChange.PASSED, null, BacklogEvent.Measure.READY, 2, 1, Instant.EPOCH));
        new WarningMeters(registry)
                .passed(new LimitEvent("limit", "provider", "usd", "9/d warn 80%", 8, Instant.EPOCH, Instant.EPOCH));
        String page = Files.readString(Path.of("../../docs/reference/metrics.md"));
        for (Meter meter : registry.getMeters()) {
            assertThat(page).contains("| `" + meter.getId().getName() + "` |");
            meter.getId().getTags().forEach(tag -> assertThat(page).contains("`" + tag.getKey() + "`"));
        }
    }
}
