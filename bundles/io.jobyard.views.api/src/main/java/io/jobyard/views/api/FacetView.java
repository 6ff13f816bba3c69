// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobFacets;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Views of the number of jobs that match a filter. */
public final class FacetView {

    /** The number of matching jobs. */
    public static final View<JobFacets> COUNT = View.<JobFacets>of("count", "The number of matching jobs.")
            .whole("total", "number of jobs", JobFacets::total)
            .instant(
                    "lookedBackTo?",
                    "if the count stopped early: creation time back to which jobs were counted",
                    one -> one.coverage().lookedBackTo())
            .instant(
                    "asOf?",
                    "if the index lagged behind: time of the first commit missing from it",
                    one -> one.coverage().asOf());

    /** The number of matching jobs, and their distribution. */
    public static final View<JobFacets> FACETS = View.<JobFacets>of(
                    "facets", "The number of matching jobs, and their most frequent values, at most 1,000 per field.")
            .all(COUNT, facets -> facets)
            .counts("byStatus", "by status", facets -> byText(facets.byStatus(), JobStatus::text))
            .counts("byReason", "by reason, for jobs that have one", facets -> byText(facets.byReason(), Reason::text))
            .counts("byType", "by type", JobFacets::byType)
            .counts("byQueue", "by queue", JobFacets::byQueue)
            .counts("bySubmitter", "by submitter", JobFacets::bySubmitter)
            .counts("bySchedule", "by schedule, for jobs of a schedule", JobFacets::bySchedule);

    private FacetView() {}

    private static <K> Map<String, Long> byText(Map<K, Long> counts, Function<K, String> text) {
        Map<String, Long> byText = new LinkedHashMap<>();
        counts.forEach((value, jobs) -> byText.put(text.apply(value), jobs));
        return byText;
    }
}
