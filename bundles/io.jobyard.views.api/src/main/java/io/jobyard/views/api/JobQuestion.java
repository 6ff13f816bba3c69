// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Value that a view of a job asks the reporter for. Each question is a read of the store, so it is asked only if it can have an answer. */
final class JobQuestion {

    private JobQuestion() {}

    /** Asks for every job. */
    static <U> Function<Reported<Job>, @Nullable U> of(BiFunction<StatusReporter, JobId, @Nullable U> value) {
        return job -> value.apply(job.reporter(), job.what().id());
    }

    /** Asks for jobs in this status. */
    static <U> Function<Reported<Job>, @Nullable U> in(
            JobStatus status, BiFunction<StatusReporter, JobId, @Nullable U> value) {
        return job -> job.what().status() == status ? of(value).apply(job) : null;
    }

    /** Asks for jobs that have run. */
    static <U> Function<Reported<Job>, @Nullable U> ofRun(
            @Nullable U none, BiFunction<StatusReporter, JobId, @Nullable U> value) {
        return job -> job.what().state().run().number() > 0 ? of(value).apply(job) : none;
    }
}
