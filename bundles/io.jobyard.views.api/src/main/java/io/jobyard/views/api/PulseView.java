// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobId;
import io.jobyard.views.api.StatisticsView.StatisticsNumbers;
import java.util.List;

/** What a screen needs to stay fresh. */
public final class PulseView {

    /** What has changed since the last one. */
    public static final View<Pulse> PULSE = View.<Pulse>of("pulse", "Changed jobs and the statistics.")
            .texts("jobs", "the changed jobs, at most 200", Pulse::jobs)
            .flag("more", "whether more jobs have changed", Pulse::more)
            .one("statistics", StatisticsView.STATISTICS, "the response of GET /api/v1/statistics", Pulse::statistics);

    private PulseView() {}

    /**
     * What has changed since the last one.
     *
     * @param jobs the jobs that have changed
     * @param more whether others have changed too
     * @param statistics the numbers of now
     */
    public record Pulse(List<JobId> jobs, boolean more, StatisticsNumbers statistics) {

        public Pulse {
            jobs = List.copyOf(jobs);
        }
    }
}
