// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names of job states. */
public final class StateWords {

    static final List<String> STATUSES = of(JobStatus.values(), JobStatus::text);
    static final List<String> REASONS = of(Reason.values(), Reason::text);
    static final String REASON_MEANING = "reason, where the status alone is not enough";

    private StateWords() {}

    /** Returns the texts of an enum's values. */
    public static <E> List<String> of(E[] values, Function<E, String> text) {
        return Stream.of(values).map(text).toList();
    }

    static String status(Job job) {
        return job.status().text();
    }

    static @Nullable String reason(Job job) {
        return reason(job.state().reason());
    }

    static @Nullable String reason(@Nullable Reason reason) {
        return reason == null ? null : reason.text();
    }
}
