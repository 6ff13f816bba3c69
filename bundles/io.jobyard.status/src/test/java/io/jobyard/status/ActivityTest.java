// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jobyard.api.Activity;
import io.jobyard.api.Activity.Lately;
import io.jobyard.api.Activity.Rates;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What jobs did lately, on a clock that is moved by hand. */
class ActivityTest {

    private final StoredJobsFixture records = new StoredJobsFixture();
    private final SettableClock clock = new SettableClock(StoredJobsFixture.START);
    private final Tally tally = new Tally((asked, type) -> asked != null ? asked : "default", clock);

    @BeforeEach
    void listen() {
        records.store.listen(new FakeCommitListener(tally::opened, tally::committed));
    }

    @Test
    void ratesAreJobsAMinuteOverTheLastOneFiveAndFifteenMinutes() {
        for (int second = 0; second < 1_800; second++) {
            clock.set(at(second));
            records.admit(null, 5);
            if (second % 2 == 0) {
                records.admit("llm", 5);
            }
        }
        Activity now = tally.activity();
        assertThat(now.all().submitted()).isEqualTo(new Rates(90, 90, 90));
        assertThat(now.byQueue().get("default").submitted()).isEqualTo(new Rates(60, 60, 60));
        assertThat(now.byQueue().get("llm").submitted()).isEqualTo(new Rates(30, 30, 30));
        assertThat(now.byType().get("work").submitted()).isEqualTo(new Rates(90, 90, 90));

        clock.advance(Duration.ofSeconds(61));
        assertThat(tally.activity().all().submitted().oneMinute()).isZero();
        assertThat(tally.activity().all().submitted().fiveMinutes()).isBetween(71.0, 72.0);
        clock.advance(Duration.ofMinutes(15));
        assertThat(tally.activity().all().submitted()).isEqualTo(new Rates(0, 0, 0));
        assertThat(tally.activity().byQueue()).isEmpty();
    }

    @Test
    void eachStartAndEachEndIsCountedOnce() {
        JobId completed = records.admit(null, 5);
        records.move(completed, JobStatus.RUNNING, 1, null, null);
        records.move(completed, JobStatus.WAITING, 2, at(1), null);
        records.move(completed, JobStatus.QUEUED, 3, at(1), null);
        records.move(completed, JobStatus.RUNNING, 4, at(1), null);
        records.move(completed, JobStatus.RUNNING, 4, at(1), null); // a cancel is asked
        records.move(completed, JobStatus.COMPLETED, 5, at(4), "{}");
        records.move(records.admit(null, 5), JobStatus.CANCELLED, 2, null, null);
        records.move(records.admit(null, 5), JobStatus.FAILED, 2, null, null);

        Lately activity = tally.activity().all();
        assertThat(activity.submitted().oneMinute()).isEqualTo(3);
        assertThat(activity.started().oneMinute()).isEqualTo(2);
        assertThat(activity.completed().oneMinute()).isEqualTo(1);
        assertThat(activity.cancelled().oneMinute()).isEqualTo(1);
        assertThat(activity.failed().oneMinute()).isEqualTo(1);
        assertThat(activity.runs().count()).isEqualTo(2);
    }

    @Test
    void percentilesAreOfTheTimesMeasuredToWithinOnePercent() {
        for (int i = 1; i <= 1_000; i++) {
            JobId id = records.admit(null, 5);
            records.move(id, JobStatus.RUNNING, i, null, null);
            records.move(id, JobStatus.COMPLETED, 3 * i, at(i), "{}");
        }

        Lately activity = tally.activity().all();
        assertThat(activity.waits().count()).isEqualTo(1_000);
        assertThat(seconds(activity.waits().p50())).isCloseTo(500, within(5.0));
        assertThat(seconds(activity.waits().p95())).isCloseTo(950, within(9.5));
        assertThat(seconds(activity.waits().p99())).isCloseTo(990, within(9.9));
        assertThat(seconds(activity.waits().max())).isCloseTo(1_000, within(10.0));
        assertThat(seconds(activity.runs().p50())).isCloseTo(1_000, within(10.0));
        assertThat(seconds(activity.runs().max())).isCloseTo(2_000, within(20.0));
    }

    @Test
    void whatIsOlderThanFifteenMinutesIsForgotten() {
        JobId slow = records.admit(null, 5);
        records.move(slow, JobStatus.RUNNING, 600, null, null);
        assertThat(tally.activity().all().waits().count()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(15));
        assertThat(tally.activity().all().waits().count()).isZero();
        assertThat(tally.activity().all().waits().p50()).isNull();
    }

    @Test
    void aRunThatWasGivenBackHasNotWaitedASecondTimeAndALostOneHasNoTime() {
        JobId id = records.admit(null, 5);
        records.move(id, JobStatus.RUNNING, 1, null, null);
        records.move(id, JobStatus.QUEUED, Reason.HOST_LOST, 500, null, null);
        records.move(id, JobStatus.RUNNING, 501, null, null);
        records.move(id, JobStatus.FAILED, 502, null, null);

        Lately activity = tally.activity().all();
        assertThat(activity.started().oneMinute()).isEqualTo(2);
        assertThat(activity.waits().count()).isEqualTo(1);
        assertThat(seconds(activity.waits().max())).isCloseTo(1, within(0.01));
        assertThat(activity.runs().count()).isZero();
    }

    @Test
    void aClockThatIsSetBackBreaksNothing() {
        JobId id = records.admit(null, 5);
        records.move(id, JobStatus.RUNNING, -3_600, null, null);
        clock.set(at(-3_600));
        records.admit(null, 5);

        assertThat(tally.activity().all().submitted().oneMinute()).isEqualTo(1);
        clock.set(at(0));
        assertThat(seconds(tally.activity().all().waits().max())).isZero();
    }

    @Test
    void aThousandQueuesThatNobodyHasHeardOfTakeNoMemory() {
        for (int i = 0; i < 1_000; i++) {
            records.admit("queue" + i, 5);
        }
        assertThat(tally.activity().byQueue()).hasSize(100);
        assertThat(tally.activity().all().submitted().oneMinute()).isEqualTo(1_000);

        clock.advance(Duration.ofMinutes(16));
        records.admit("another", 5);
        assertThat(tally.activity().byQueue()).containsOnlyKeys("another");
    }

    private static double seconds(@Nullable Duration duration) {
        return Objects.requireNonNull(duration).toMillis() / 1_000.0;
    }

    private static Instant at(int second) {
        return StoredJobsFixture.START.plusSeconds(second);
    }
}
