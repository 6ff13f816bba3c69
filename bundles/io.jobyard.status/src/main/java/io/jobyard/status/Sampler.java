// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobSample;
import io.jobyard.api.SampleStep;
import io.jobyard.api.SampledCount;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.spi.store.Futures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores a sample of the numbers of jobs at each full minute, and the averages of an hour when the next one begins. Then removes old
 * samples. Only for one thread.
 */
final class Sampler {

    private static final int SLICE = 100;
    private static final int MOST_IN_HOUR = 60;

    private final SampleStore store;
    private final Supplier<List<SampledCount>> counts;
    private final Clock clock;
    /** The latest minute with a decision; null while another host leads. */
    private @Nullable Instant minute;
    /** The hour before which all averages are stored; null if unknown. */
    private @Nullable Instant averagedTo;

    Sampler(SampleStore store, Supplier<List<SampledCount>> counts, Clock clock) {
        this.store = store;
        this.counts = counts;
        this.clock = clock;
    }

    /** Stores the samples that are due. Returns the time until the next one. */
    Duration round(boolean isLeader) {
        if (!isLeader) {
            minute = null;
            averagedTo = null;
            return LoopThread.UNTIL_WOKEN;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        if (minute != null && !now.equals(minute)) {
            Futures.join(store.keep(SampleStep.MINUTE, new JobSample(now, counts.get())));
        }
        minute = now;
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        if (!hour.equals(averagedTo)) {
            averageUntil(hour);
            forget(SampleStep.MINUTE, now);
            forget(SampleStep.HOUR, now);
            averagedTo = hour;
        }
        Duration rest = Duration.between(clock.instant(), now.plus(SampleStep.MINUTE.length()));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Stores the missing averages of all hours whose minutes are stored, because an earlier leader may have ended before it did so. */
    private void averageUntil(Instant end) {
        List<JobSample> next = store.samples(SampleStep.MINUTE, Instant.EPOCH, end, 1);
        while (!next.isEmpty()) {
            Instant hour = next.get(0).at().truncatedTo(ChronoUnit.HOURS);
            Instant after = hour.plus(SampleStep.HOUR.length());
            if (store.samples(SampleStep.HOUR, hour, after, 1).isEmpty()) {
                List<JobSample> minutes = store.samples(SampleStep.MINUTE, hour, after, MOST_IN_HOUR);
                Futures.join(store.keep(SampleStep.HOUR, new JobSample(hour, averages(minutes))));
            }
            next = store.samples(SampleStep.MINUTE, after, end, 1);
        }
    }

    /** Returns the averages, rounded up: only a queue that was empty in all samples has none. */
    static List<SampledCount> averages(List<JobSample> samples) {
        Map<List<@Nullable String>, SampledCount> sums = samples.stream()
                .flatMap(sample -> sample.counts().stream())
                .collect(Collectors.toMap(Sampler::key, count -> count, SampledCount::plus));
        int number = samples.size();
        return sums.values().stream()
                .map(sum -> new SampledCount(
                        sum.queue(),
                        sum.type(),
                        average(sum.queued(), number),
                        average(sum.running(), number),
                        average(sum.failed(), number)))
                .toList();
    }

    private static long average(long sum, int number) {
        return (sum + number - 1) / number;
    }

    private static List<@Nullable String> key(SampledCount count) {
        List<@Nullable String> key = new ArrayList<>();
        key.add(count.queue());
        key.add(count.type());
        return key;
    }

    private void forget(SampleStep step, Instant now) {
        while (Futures.join(store.forget(step, now.minus(step.kept()), SLICE)) == SLICE) {
            // the next slice
        }
    }
}
