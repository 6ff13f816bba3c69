// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkPreview;
import io.jobyard.api.BulkStatus;
import io.jobyard.api.Job;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Views of bulk operations on jobs. */
public final class BulkView {

    private static final View<JobFilter> FILTER = View.<JobFilter>of(
                    "filter", "A filter of jobs; null and empty fields match all jobs.")
            .texts(
                    "status",
                    "statuses, any of which matches",
                    filter -> texts(filter.state().statuses(), JobStatus::text))
            .texts(
                    "reason",
                    "reasons, any of which matches",
                    filter -> texts(filter.state().reasons(), Reason::text))
            .texts("type", "types, any of which matches", filter -> List.copyOf(filter.types()))
            .texts("queue", "queues, any of which matches", filter -> List.copyOf(filter.queues()))
            .texts("submitter", "submitters, any of which matches", filter -> List.copyOf(filter.submitters()))
            .textsByName("labels", "labels, all of which must match", JobFilter::labels)
            .instant(
                    "since?",
                    "start of the creation time, inclusive",
                    one -> one.created().since())
            .instant(
                    "until?",
                    "end of the creation time, exclusive",
                    one -> one.created().until())
            .text("error?", "text that the error contains", one -> one.state().error())
            .text("schedule?", "schedule of the jobs", JobFilter::schedule)
            .text("group?", "group of the jobs", JobFilter::group);

    /** Progress of a bulk operation. */
    public static final View<BulkStatus> BULK = View.<BulkStatus>of("bulk", "The progress of a bulk operation.")
            .whole("number", "number of the operation", BulkStatus::number)
            .word(
                    "action",
                    StateWords.of(BulkAction.values(), BulkAction::text),
                    "action",
                    bulk -> bulk.request().action().text())
            .one("filter", FILTER, "filter of the jobs", bulk -> bulk.request().filter())
            .text("by", "caller who started the operation", BulkStatus::by)
            .instant("askedAt", "when", BulkStatus::askedAt)
            .whole("done", "number of changed jobs", one -> one.progress().done())
            .whole("refused", "number of refused jobs", one -> one.progress().refused())
            .text("refusal?", "the latest refusal", one -> one.progress().refusal())
            .instant(
                    "reached?",
                    "creation time down to which jobs were processed",
                    one -> one.progress().reached())
            .instant("endedAt?", "end; null while running", BulkStatus::endedAt)
            .text("stoppedBy?", "user who stopped the operation", BulkStatus::stoppedBy);

    /** A list of bulk operations. */
    public static final View<List<BulkStatus>> BULKS = View.<List<BulkStatus>>of("bulks", "Recent bulk operations.")
            .list("bulks", BULK, "the operations, newest first", bulks -> bulks);

    /** Preview of the jobs that a bulk operation would affect. */
    public static final View<Reported<BulkPreview>> PREVIEW = View.<Reported<BulkPreview>>of(
                    "bulk preview", "A preview of a bulk operation. Nothing was changed.")
            .whole("jobs", "number of matching jobs", preview -> preview.what().jobs())
            .flag(
                    "all",
                    "whether all jobs were checked; if not, there may be more",
                    preview -> preview.what().isAll())
            .list(
                    "first",
                    JobView.LISTED_JOB,
                    "the newest of them that the caller may see, at most ten",
                    preview -> preview.what().first().stream()
                            .<Reported<Job>>map(preview::with)
                            .toList());

    private BulkView() {}

    private static <T> List<String> texts(Set<T> values, Function<T, String> text) {
        return values.stream().map(text).toList();
    }
}
