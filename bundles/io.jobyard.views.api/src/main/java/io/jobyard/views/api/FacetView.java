// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** How many jobs a filter means. */
public final class FacetView {

    /** How many there are. */
    public static final View<JobFacets> COUNT = View.<JobFacets>of("count", "How many jobs are meant.")
            .whole("total", "how many", JobFacets::total)
            .instant(
                    "lookedBackTo?",
                    "if the count ended early, since when the jobs were created that it looked at",
                    one -> one.coverage().lookedBackTo())
            .instant(
                    "asOf?",
                    "if the index did not know the latest commits yet, the time of the first one that it did not know",
                    one -> one.coverage().asOf());

    /** How many there are, and how they divide. */
    public static final View<JobFacets> FACETS = View.<JobFacets>of(
                    "facets",
                    "How many jobs are meant, and how they divide: the most frequent values first, 1,000 at most.")
            .all(COUNT, facets -> facets)
            .counts("byStatus", "by status", facets -> byText(facets.byStatus(), JobStatus::text))
            .counts(
                    "byReason",
                    "by the reason beside the status, of those that have one",
                    facets -> byText(facets.byReason(), Reason::text))
            .counts("byType", "by type", JobFacets::byType)
            .counts("byQueue", "by queue", JobFacets::byQueue)
            .counts("bySubmitter", "by who asked for them", JobFacets::bySubmitter)
            .counts("bySchedule", "by the schedule that made them, of those that one made", JobFacets::bySchedule);

    private FacetView() {}

    private static <K> Map<String, Long> byText(Map<K, Long> counts, Function<K, String> text) {
        Map<String, Long> byText = new LinkedHashMap<>();
        counts.forEach((value, jobs) -> byText.put(text.apply(value), jobs));
        return byText;
    }
}
