// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/** View of job groups. */
public final class GroupView {

    /** Progress of a group. */
    public static final View<JobGroup> GROUP = View.<JobGroup>of("group", "The progress of a job group.")
            .text("group", "group name, unique per submitter", JobGroup::name)
            .text("submitter", "owner of the jobs", JobGroup::submitter)
            .whole("total", "number of stored jobs", JobGroup::total)
            .counts("byStatus", "number of jobs by status", GroupView::byStatus)
            .whole("done", "number of finished jobs", JobGroup::done)
            .flag(
                    "finished",
                    "whether all jobs are finished; a group without an end job may get more",
                    JobGroup::isFinished)
            .text("endJob?", "job that waits for all of them; null without one", JobGroup::endJob);

    private GroupView() {}

    private static Map<String, Long> byStatus(JobGroup group) {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        group.byStatus().forEach((status, jobs) -> byStatus.put(status.text(), jobs));
        return byStatus;
    }
}
