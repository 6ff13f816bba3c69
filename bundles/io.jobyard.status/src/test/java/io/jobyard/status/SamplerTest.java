// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleQuery;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.testkit.InMemoryStore;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Instant START = Instant.parse("2030-01-01T10:00:20Z");

    private final SettableClock clock = new SettableClock(START);
    private final SampleStore store = new InMemoryStore(new UUID(0, 1), "here").samples();
    private List<SampledCount> now = counts(5);
    private Sampler sampler = sampler();

    private Sampler sampler() {
        return new Sampler(store, () -> now, clock);
    }

    private static List<SampledCount> counts(long queued) {
        return List.of(new SampledCount("default", "echo", queued, 1, 0));
    }

    private List<JobSample> all(SampleStep step) {
        return store.samples(step, Instant.EPOCH, Instant.parse("2040-01-01T00:00:00Z"), 10_000);
    }

    private List<Instant> times(SampleStep step) {
        return all(step).stream().map(JobSample::at).toList();
    }

    private static Instant at(String time) {
        return Instant.parse("2030-01-01T" + time + ":00Z");
    }

    /** Lets the leader run until a time, a round for each minute. */
    private void lead(Instant until) {
        while (!clock.instant().isAfter(until)) {
            clock.advance(sampler.round(true));
        }
    }

    @Test
    void theLeaderTakesOneSampleAtEachFullMinute() {
        assertThat(sampler.round(true)).isEqualTo(Duration.ofSeconds(40));
        assertThat(times(SampleStep.MINUTE)).isEmpty();

        clock.advance(Duration.ofSeconds(40));
        assertThat(sampler.round(true)).isEqualTo(Duration.ofMinutes(1));
        now = counts(7);
        sampler.round(true);
        clock.advance(Duration.ofSeconds(61));
        assertThat(sampler.round(true)).isEqualTo(Duration.ofSeconds(59));

        assertThat(all(SampleStep.MINUTE))
                .containsExactly(new JobSample(at("10:01"), counts(5)), new JobSample(at("10:02"), counts(7)));
    }

    @Test
    void anotherHostTakesNone() {
        lead(at("10:02"));
        assertThat(sampler.round(false)).isEqualTo(LoopThread.UNTIL_WOKEN);
        clock.set(START.plusSeconds(600));
        sampler.round(true);
        assertThat(times(SampleStep.MINUTE)).containsExactly(at("10:01"), at("10:02"));
    }

    @Test
    void theAveragesOfAnHourFollowWhenItEnds() {
        lead(at("10:30"));
        now = List.of();
        lead(at("10:59"));
        assertThat(all(SampleStep.HOUR)).isEmpty();
        lead(at("11:00"));

        assertThat(all(SampleStep.HOUR)).containsExactly(new JobSample(at("10:00"), counts(3)));
    }

    @Test
    void aNewLeaderStoresTheAveragesThatTheLastOneDidNotStore() {
        lead(at("11:30"));
        sampler = sampler();
        clock.set(at("15:10"));
        lead(at("16:00"));

        assertThat(times(SampleStep.HOUR)).containsExactly(at("10:00"), at("11:00"), at("15:00"));
    }

    @Test
    void averagesAreRoundedUpAndAMissingCountIsZero() {
        SampledCount rest = new SampledCount(null, null, 4, 2, 0);
        SampledCount rare = new SampledCount("bulk", "llm", 1, 0, 0);
        List<JobSample> samples =
                List.of(new JobSample(at("10:00"), List.of(rest, rare)), new JobSample(at("10:01"), List.of(rest)));
        assertThat(Sampler.averages(samples)).containsExactlyInAnyOrder(rest, rare);
    }

    @Test
    void samplesOfAMinuteAreRemovedAfterADayAndThoseOfAnHourAfterNinety() {
        store.keep(SampleStep.HOUR, new JobSample(START.minus(Duration.ofDays(90)), counts(1)));
        store.keep(SampleStep.HOUR, new JobSample(START.minus(Duration.ofDays(88)), counts(2)));
        lead(START.plus(Duration.ofHours(30)));

        assertThat(times(SampleStep.MINUTE))
                .hasSizeBetween(24 * 60, 25 * 60 + 1)
                .first()
                .isEqualTo(at("16:00"));
        assertThat(times(SampleStep.HOUR)).hasSize(1 + 30).first().isEqualTo(START.minus(Duration.ofDays(88)));
    }

    @Test
    void aQueryFindsTheCountsOfAQueueAndAType() {
        for (int minute = 0; minute < 250; minute++) {
            store.keep(
                    SampleStep.MINUTE,
                    new JobSample(
                            at("10:00").plus(Duration.ofMinutes(minute)),
                            List.of(
                                    new SampledCount("default", "echo", minute, 0, 0),
                                    new SampledCount("default", "llm", 3, 0, 0),
                                    new SampledCount("bulk", "echo", 4, 0, 0))));
        }
        SampleReports reports = new SampleReports(store);
        SampleQuery query = new SampleQuery(SampleStep.MINUTE, at("10:02"), at("14:01"), "default", "echo");

        List<JobSample> found = reports.samples(query);
        assertThat(found).hasSize(239);
        assertThat(found.get(238))
                .isEqualTo(new JobSample(at("14:00"), List.of(new SampledCount("default", "echo", 240, 0, 0))));
        assertThat(reports.samples(new SampleQuery(SampleStep.MINUTE, at("10:00"), at("10:01"), null, null))
                        .get(0)
                        .counts())
                .hasSize(3);
    }

    @Test
    void aQueryForTooManyCountsIsRefused() {
        List<SampledCount> many = IntStream.range(0, 500)
                .mapToObj(n -> new SampledCount("queue" + n, "echo", 1, 0, 0))
                .toList();
        for (int minute = 0; minute < 201; minute++) {
            store.keep(SampleStep.MINUTE, new JobSample(at("10:00").plus(Duration.ofMinutes(minute)), many));
        }
        SampleReports reports = new SampleReports(store);

        assertThatThrownBy(
                        () -> reports.samples(new SampleQuery(SampleStep.MINUTE, at("10:00"), at("20:00"), null, null)))
                .isInstanceOf(ValidationException.class)
                .hasMessage("more than 100000 counts: use a shorter time, the step hour, or one queue or type");
        assertThat(reports.samples(new SampleQuery(SampleStep.MINUTE, at("10:00"), at("20:00"), "queue7", null)))
                .hasSize(201);
        assertThatThrownBy(() -> new SampleQuery(SampleStep.HOUR, at("10:00"), at("10:00"), null, null))
                .hasMessageContaining("is not before until");
    }
}
