// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobGroup;
import java.util.LinkedHashMap;
import java.util.Map;

/** Groups of jobs. */
public final class GroupView {

    /** How far one is. */
    public static final View<JobGroup> GROUP = View.<JobGroup>of("group", "How far a group of jobs is.")
            .text("group", "its name among the groups of its submitter", JobGroup::name)
            .text("submitter", "whose jobs they are", JobGroup::submitter)
            .whole("total", "how many jobs of it are stored", JobGroup::total)
            .counts("byStatus", "how many of them there are, by status", GroupView::byStatus)
            .whole("done", "how many have ended, whatever came of them", JobGroup::done)
            .flag("finished", "whether all have ended; without an end job the group may get more", JobGroup::isFinished)
            .text("endJob?", "the job that waits for all of them; null if there is none", JobGroup::endJob);

    private GroupView() {}

    private static Map<String, Long> byStatus(JobGroup group) {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        group.byStatus().forEach((status, jobs) -> byStatus.put(status.text(), jobs));
        return byStatus;
    }
}
