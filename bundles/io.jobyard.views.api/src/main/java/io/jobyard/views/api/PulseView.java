// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobId;
import io.jobyard.views.api.StatisticsView.StatisticsNumbers;
import java.util.List;

/** View of the updates that a screen needs. */
public final class PulseView {

    /** Changes since the previous update. */
    public static final View<Pulse> PULSE = View.<Pulse>of("pulse", "Changed jobs and the statistics.")
            .texts("jobs", "the changed jobs, at most 200", Pulse::jobs)
            .flag("more", "whether more jobs have changed", Pulse::more)
            .one("statistics", StatisticsView.STATISTICS, "the response of GET /api/v1/statistics", Pulse::statistics);

    private PulseView() {}

    /**
     * Changes since the previous update.
     *
     * @param more whether other jobs have changed too
     */
    public record Pulse(List<JobId> jobs, boolean more, StatisticsNumbers statistics) {

        public Pulse {
            jobs = List.copyOf(jobs);
        }
    }
}
