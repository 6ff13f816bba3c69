// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import io.jobyard.spi.samples.SampleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

interface SampleConformance extends Conformance {

    private static JobSample sample(int minute, SampledCount... counts) {
        return new JobSample(Draft.T0.plus(Duration.ofMinutes(minute)), List.of(counts));
    }

    private List<JobSample> all(SampleStep step) {
        return under().samples().samples(step, Draft.T0, Draft.T0.plus(Duration.ofDays(1)), 100);
    }

    @Test
    default void theLatestSampleOfAStepAndATimeIsKeptOverARestart() {
        SampledCount rest = new SampledCount(null, null, 1, 0, 0);
        JobSample first = sample(0);
        JobSample second = sample(1, new SampledCount("default", "echo", 12_000_000_000L, 3, 7), rest);
        JobSample hour = sample(0, new SampledCount("bulk", "llm", 0, 1, 0));
        done(under().samples().keep(SampleStep.MINUTE, first));
        done(under().samples().keep(SampleStep.MINUTE, sample(1, rest)));
        done(under().samples().keep(SampleStep.MINUTE, second));
        done(under().samples().keep(SampleStep.HOUR, hour));

        under().restart();

        assertThat(all(SampleStep.MINUTE)).containsExactly(first, second);
        assertThat(all(SampleStep.HOUR)).containsExactly(hour);
    }

    @Test
    default void samplesOfATimeAreReadTheOldestFirst() {
        for (int minute = 9; minute >= 0; minute--) {
            done(under().samples()
                    .keep(SampleStep.MINUTE, sample(minute, new SampledCount("default", "echo", minute, 0, 0))));
        }
        Instant since = Draft.T0.plus(Duration.ofMinutes(2));

        assertThat(under().samples().samples(SampleStep.MINUTE, since, since.plus(Duration.ofMinutes(5)), 3))
                .extracting(sample -> sample.counts().get(0).queued())
                .containsExactly(2L, 3L, 4L);
        assertThat(under().samples().samples(SampleStep.MINUTE, since, since.plus(Duration.ofMinutes(5)), 100))
                .extracting(sample -> sample.counts().get(0).queued())
                .containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    default void theOldestSamplesOfOneStepAreForgotten() {
        SampleStore samples = under().samples();
        for (int minute = 0; minute < 10; minute++) {
            done(samples.keep(SampleStep.MINUTE, sample(minute)));
        }
        done(samples.keep(SampleStep.HOUR, sample(0)));
        Instant before = Draft.T0.plus(Duration.ofMinutes(5));

        assertThat(done(samples.forget(SampleStep.MINUTE, before, 3))).isEqualTo(3);
        assertThat(done(samples.forget(SampleStep.MINUTE, before, 3))).isEqualTo(2);
        assertThat(done(samples.forget(SampleStep.MINUTE, before, 3))).isZero();
        assertThat(all(SampleStep.MINUTE)).hasSize(5).first().isEqualTo(sample(5));
        assertThat(all(SampleStep.HOUR)).containsExactly(sample(0));
    }
}
