// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.jobs.JobSummary;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.IntCountsHistogram;

/** Activity of some jobs in the last fifteen minutes. */
final class ActivityWindow {

    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int DIGITS = 2;
    private static final int COUNTED = 900;
    private static final int TIMED = 5;

    private final TimeRing<int[]> events =
            new TimeRing<>(COUNTED, LONGEST.dividedBy(COUNTED), () -> new int[CountedEvent.values().length]);
    private final TimeRing<IntCountsHistogram> waits =
            new TimeRing<>(TIMED, LONGEST.dividedBy(TIMED), ActivityWindow::histogram);
    private final TimeRing<IntCountsHistogram> runs =
            new TimeRing<>(TIMED, LONGEST.dividedBy(TIMED), ActivityWindow::histogram);
    private Instant latest = Instant.MIN;

    private static IntCountsHistogram histogram() {
        return new IntCountsHistogram(DIGITS); // grows with the longest recorded time
    }

    synchronized void committed(Committed change, Instant now) {
        JobSummary before = change.before();
        JobSummary after = change.after();
        latest = now;
        if (before == null) {
            happened(CountedEvent.SUBMITTED, now);
        }
        JobStatus from = before == null ? null : before.status();
        JobStatus to = after.status();
        if (from == to) {
            return;
        }
        if (to == JobStatus.RUNNING) {
            happened(CountedEvent.STARTED, now);
            Instant readyAt = after.readyAt();
            if (readyAt != null && (before == null || before.reason() == null)) {
                record(waits, readyAt, after.changedAt(), now);
            }
        } else if (to.isFinished()) {
            happened(CountedEvent.of(to), now);
        }
        if (before != null && from == JobStatus.RUNNING) {
            ran(before, after, now);
        }
    }

    /** Records a run. The job keeps the start time of an earlier run if the start of the latest run is unknown. */
    private void ran(JobSummary before, JobSummary after, Instant now) {
        Instant startedAt = after.startedAt();
        if (startedAt != null && !startedAt.equals(before.startedAt())) {
            record(runs, startedAt, after.changedAt(), now);
        }
    }

    private void happened(CountedEvent event, Instant now) {
        events.at(now)[event.ordinal()]++;
    }

    private static void record(TimeRing<IntCountsHistogram> times, Instant from, Instant to, Instant now) {
        times.at(now).recordValue(ActivitySum.units(Duration.between(from, to)));
    }

    /** Returns whether nothing happened within the window. */
    synchronized boolean isFinished(Instant now) {
        return latest.isBefore(now.minus(LONGEST));
    }

    synchronized void addTo(ActivitySum sum, Instant now) {
        for (int i = 0; i < ActivitySum.WINDOWS.size(); i++) {
            int window = i;
            events.last(ActivitySum.WINDOWS.get(i), now, counts -> sum.count(window, counts));
        }
        waits.last(LONGEST, now, sum.waits::add);
        runs.last(LONGEST, now, sum.runs::add);
    }
}
