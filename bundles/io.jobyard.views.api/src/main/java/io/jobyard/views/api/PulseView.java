// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobId;
import io.jobyard.api.Statistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a screen needs to stay fresh. */
public final class PulseView {

    /** What has changed since the last one. */
    public static final View<Pulse> PULSE = View.<Pulse>of(
                    "pulse", "Which jobs have changed lately, and how many there are.")
            .texts("jobs", "the jobs that have changed, 200 at most", Pulse::jobs)
            .flag("more", "whether others have changed too", Pulse::more)
            .whole("total", "all jobs", pulse -> pulse.now().total())
            .counts("byStatus", "jobs by status; every status is there", pulse -> byStatus(pulse.now()))
            .counts(
                    "byQueue",
                    "jobs by queue",
                    pulse -> new TreeMap<>(pulse.now().byQueue()));

    private PulseView() {}

    private static Map<String, Long> byStatus(Statistics now) {
        Map<String, Long> byStatus = new TreeMap<>();
        now.byStatus().forEach((status, jobs) -> byStatus.put(status.text(), jobs));
        return byStatus;
    }

    /**
     * What has changed since the last one.
     *
     * @param jobs the jobs that have changed
     * @param more whether others have changed too
     * @param now how many jobs there are
     */
    public record Pulse(List<JobId> jobs, boolean more, Statistics now) {

        public Pulse {
            jobs = List.copyOf(jobs);
        }
    }
}
