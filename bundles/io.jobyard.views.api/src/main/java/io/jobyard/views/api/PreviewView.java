// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobTerms;
import io.jobyard.api.JobTerms.Identity;
import io.jobyard.api.JobTerms.JobDemand;
import io.jobyard.api.JobTerms.JobTimes;
import io.jobyard.api.JobTerms.RoutingTerms;
import io.jobyard.api.JobTerms.RunRules;
import io.jobyard.api.Preview;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** View of the expected result of a submit. */
public final class PreviewView {

    private static final View<Preview> PREVIEWED_JOB = View.<Preview>of(
                    "previewed job", "The job that a submit would store.")
            .text("type", "job type, which selects the handler", job(Job::type))
            .word(
                    "status",
                    StateWords.STATUSES,
                    "`waiting` or `queued`; for a duplicate, the status of the earlier job",
                    job(StateWords::status))
            .whole("priority", "priority; 1 is highest", terms(JobView.routing(RoutingTerms::priority)))
            .text("queue?", "queue of the job", Preview::queue)
            .text("submitter", "owner of the job", job(Job::submitter))
            .whole("maxRetries", "maximum number of retries", terms(JobView.runs(RunRules::maxRetries)))
            .seconds("timeoutSeconds", "maximum time of a run", terms(JobView.runs(RunRules::timeout)))
            .instant("notBefore?", "earliest start", terms(JobView.times(JobTimes::notBefore)))
            .instant(
                    "expires?",
                    "time at which the job would fail if not started",
                    terms(JobView.times(JobTimes::expires)))
            .instant(
                    "deadline?",
                    "time at which the job would fail unless finished; a run is interrupted",
                    terms(JobView.times(JobTimes::deadline)))
            .text("key?", "idempotency key, held while the job is unfinished", terms(JobView.identity(Identity::key)))
            .instant(
                    "keyUntil?",
                    "end of the time for which the key stays in use, even after the job is finished",
                    terms(JobView.identity(Identity::keyUntil)))
            .textsByName("labels", "the submitter's labels", terms(JobView.identity(Identity::labels)))
            .text(
                    "handlerVersion?",
                    "range of accepted handler versions",
                    terms(JobView.routing(RoutingTerms::handlerVersion)))
            .texts(
                    "limits",
                    "limits of the job, in addition to those of its handler",
                    terms(JobView.demand(JobDemand::limits)))
            .numbersByName("estimate", "expected usage of a run, by unit", terms(JobView.demand(JobDemand::estimate)));

    /** Preview of a submit, which stores nothing. */
    public static final View<Preview> PREVIEW = View.<Preview>of("preview", "The result that a submit would have now.")
            .flag("valid", "whether the submit would be accepted", Preview::isValid)
            .texts("errors", "why the submit would be refused", Preview::problems)
            .one(
                    "job?",
                    PREVIEWED_JOB,
                    "the job that would be stored; null if the submit would be refused",
                    preview -> preview.job() == null ? null : preview)
            .text("duplicateOf?", "the job that holds the key and would be returned", Preview::duplicateOf)
            .flag("replaces", "whether that job would be replaced", Preview::replaces)
            .list("blockedBy", BlockerView.BLOCKER, "what would block the job", Preview::blockedBy)
            .instant(
                    "startsAt?",
                    "time at which all blockers end; null without blockers, or if an end is unknown",
                    Preview::startsAt)
            .instant("earliestStart?", BlockerView.EARLIEST, Preview::earliestStart);

    private PreviewView() {}

    private static <V> Function<Preview, @Nullable V> job(Function<Job, @Nullable V> field) {
        return preview -> preview.job() == null ? null : field.apply(preview.job());
    }

    private static <V> Function<Preview, @Nullable V> terms(Function<JobTerms, @Nullable V> field) {
        return job(job -> field.apply(job.terms()));
    }
}
