// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Preview;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a submit would come to. */
public final class PreviewView {

    private static final View<Preview> PREVIEWED_JOB = View.<Preview>of("previewed job", "A job as it would be.")
            .field("type", "names the handler it needs", job(Job::type))
            .field("status", "`waiting` or `queued`; of a duplicate that of the earlier job", job(JobView::status))
            .field("priority", "the level, 1 first", terms(one -> one.routing().priority()))
            .field("queue", "the queue it would stand in", Preview::queue)
            .field("submitter", "whose it would be", job(Job::submitter))
            .field(
                    "maxRetries",
                    "how many more attempts follow a first that fails",
                    terms(one -> one.runs().maxRetries()))
            .field(
                    "timeoutSeconds",
                    "how long one run may take",
                    terms(one -> one.runs().timeout()))
            .field(
                    "notBefore",
                    "it does not start earlier",
                    terms(one -> one.times().notBefore()))
            .field(
                    "expires",
                    "it fails if it waits or is queued at that time",
                    terms(one -> one.times().expires()))
            .field(
                    "deadline",
                    "it fails unless it has ended by then; a run is cut",
                    terms(one -> one.times().deadline()))
            .field(
                    "key",
                    "while it is not final, its submitter has no second with it",
                    terms(one -> one.identity().key()))
            .field(
                    "keyUntil",
                    "until then the key stays taken, also after its end",
                    terms(one -> one.identity().keyUntil()))
            .field(
                    "labels",
                    "the submitter's own marks",
                    terms(one -> one.identity().labels()))
            .field(
                    "handlerVersion",
                    "the range its handler's version must be in",
                    terms(one -> one.routing().handlerVersion()))
            .field(
                    "limits",
                    "the limits it draws on beside those of its handler",
                    terms(one -> one.demand().limits()))
            .field(
                    "estimate",
                    "how much of each unit a run is expected to use",
                    terms(one -> one.demand().estimate()));

    /** A submit that was not made. */
    public static final View<Preview> PREVIEW = View.<Preview>of("preview", "What a submit would come to now.")
            .field("valid", "whether it would be taken", Preview::isValid)
            .field("errors", "why it would be refused", Preview::problems)
            .one(
                    "job",
                    PREVIEWED_JOB,
                    "the job as it would be; null if it would be refused",
                    preview -> preview.job() == null ? null : preview)
            .field("duplicateOf", "the job that has its key, and would be the answer", Preview::duplicateOf)
            .field("replaces", "whether that job would become this one", Preview::replaces)
            .list("blockedBy", BlockerView.BLOCKER, "what would keep it from starting", Preview::blockedBy)
            .field(
                    "startsAt",
                    "when all of that is over; null if nothing would hold it, or the end of something is not known",
                    Preview::startsAt)
            .field("earliestStart", BlockerView.EARLIEST, Preview::earliestStart);

    private PreviewView() {}

    private static Function<Preview, @Nullable Object> job(Function<Job, @Nullable Object> field) {
        return preview -> preview.job() == null ? null : field.apply(preview.job());
    }

    private static Function<Preview, @Nullable Object> terms(Function<JobTerms, @Nullable Object> field) {
        return job(job -> field.apply(job.terms()));
    }
}
