// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobSpecification;
import java.util.AbstractList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that belong to a trace, given by the header {@code traceparent} of
 * <a href="https://www.w3.org/TR/trace-context/">Trace Context</a>. The trace becomes a label that handlers can read; a job that
 * already has the label keeps it.
 */
final class TracedJobs extends AbstractList<JobSpecification> {

    static final String TRACEPARENT = "traceparent";

    /**
     * Pattern of a {@code traceparent} header. Trace ID and parent ID must not be all zeros. Later versions of the standard may append
     * fields.
     */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]{0,100})?");

    private final List<JobSpecification> jobs;
    private final String trace;

    private TracedJobs(List<JobSpecification> jobs, String trace) {
        this.jobs = jobs;
        this.trace = trace;
    }

    /** Returns the jobs unchanged if the header is missing. The standard requires that a malformed header is ignored too. */
    static List<JobSpecification> of(List<JobSpecification> jobs, @Nullable String header) {
        return header == null || !FORM.matcher(header).matches() ? jobs : new TracedJobs(jobs, header);
    }

    @Override
    public JobSpecification get(int index) {
        JobSpecification job = jobs.get(index);
        return job.identity().labels().containsKey(TRACEPARENT)
                ? job
                : job.toBuilder().label(TRACEPARENT, trace).build();
    }

    @Override
    public int size() {
        return jobs.size();
    }
}
