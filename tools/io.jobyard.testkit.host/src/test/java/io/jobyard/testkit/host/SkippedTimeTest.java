// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SkippedTimeTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final List<Instant> times = new CopyOnWriteArrayList<>();

    @Test
    void aJobThatSleepsThreeTimesWakesUpAtEachOfItsTimes() {
        try (TestHost host = TestHost.with("nap", this::naps)) {
            TestJob job = host.submit(Map.of()).await();

            host.advance(Duration.ofHours(3));

            assertThat(job.await().status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(times)
                    .containsExactly(
                            START,
                            START.plus(Duration.ofHours(1)),
                            START.plus(Duration.ofHours(2)),
                            START.plus(Duration.ofHours(3)));
        }
    }

    private Map<String, Object> naps(JobContext context) {
        times.add(context.job().state().changedAt());
        for (int n = 0; n < 3; n++) {
            context.sleep(Duration.ofHours(1));
        }
        return Map.of();
    }

    @Test
    void aScheduleSubmitsItsJobsAtTheirTimesAndNoneOverlaps() {
        try (TestHost host = TestHost.with("report", context -> Map.of())) {
            host.schedules()
                    .add(ScheduleSpecification.named("hourly", job("report"))
                            .cron("30 * * * *")
                            .overlap(OverlapPolicy.SKIP)
                            .build());

            host.advance(Duration.ofDays(2));

            assertThat(host.jobsOf("report")).hasSize(48).allMatch(job -> job.status() == JobStatus.COMPLETED);
        }
    }

    @Test
    void aScheduleGoesOnAfterTheHostHasDied() {
        try (TestHost host = TestHost.with("report", context -> Map.of())) {
            host.schedules()
                    .add(ScheduleSpecification.named("daily", job("report"))
                            .cron("0 6 * * *")
                            .build());
            host.diesBefore(2);

            host.advance(Duration.ofDays(3));

            assertThat(host.deaths()).isEqualTo(1);
            assertThat(host.jobsOf("report")).hasSize(3).allMatch(job -> job.status() == JobStatus.COMPLETED);
        }
    }

    @Test
    void aHandlerThatWaitsForTheTestDoesNotStopTheClock() {
        CountDownLatch end = new CountDownLatch(1);
        try (TestHost host = TestHost.with("nap", this::naps).and("stuck", context -> {
            end.await();
            return Map.of();
        })) {
            TestJob stuck = host.submit(JobSpecification.type("stuck")
                    .payload(Map.of())
                    .timeout(Duration.ofDays(1))
                    .build());
            TestJob nap = host.submit(Map.of());

            host.advance(Duration.ofHours(5));

            assertThat(host.clock().instant()).isEqualTo(START.plus(Duration.ofHours(5)));
            assertThat(stuck.status()).isEqualTo(JobStatus.RUNNING);
            end.countDown();
            assertThat(stuck.await().status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(nap.awaitEnd().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @HandlesJob(value = "count", version = "2.0.0")
    private static final class Count implements JobHandler {
        @Override
        public Map<String, Object> handle(JobContext context) {
            return Map.of("texts", context.payload().get("texts"));
        }
    }

    @MigratesJob(type = "count", from = "[1,2)", to = "2.0.0")
    private static final class TextsInAList implements PayloadMigrator {
        @Override
        public Map<String, Object> migrate(Map<String, Object> payload) {
            payload.put("texts", List.of(payload.remove("text")));
            return payload;
        }
    }

    @Test
    void aPayloadForAnEarlierVersionIsMigrated() {
        try (TestHost host = TestHost.with(new Count()).migrating(new TextsInAList())) {
            assertThat(host.submitMadeFor("1.2.0", Map.of("text", "a")).await().result())
                    .isEqualTo(Map.of("texts", List.of("a")));
            assertThat(host.submit(Map.of("texts", List.of("b"))).await().result())
                    .isEqualTo(Map.of("texts", List.of("b")));
            assertThat(host.submitMadeFor("3.0.0", Map.of("all", "a")).await().error())
                    .contains("3.0.0", "2.0.0");
        }
    }

    @Test
    void aMigratorWithoutItsAnnotationAndAnInvalidVersionAreRefused() {
        try (TestHost host = TestHost.with(new Count())) {
            assertThatThrownBy(() -> host.migrating(payload -> payload))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has no @MigratesJob");
            assertThatThrownBy(() -> host.submitMadeFor("first", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("first");
        }
    }

    private static JobSpecification job(String type) {
        return JobSpecification.type(type).payload(Map.of()).build();
    }
}
