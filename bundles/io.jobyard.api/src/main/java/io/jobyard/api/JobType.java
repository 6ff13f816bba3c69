// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Objects;

/**
 * Job type with the classes of its payload and its result. Submitters and handlers share it, in one process and over HTTP.
 *
 * <pre>{@code
 * static final JobType<ReportInput, ReportResult> REPORT = JobType.of("report", ReportInput.class, ReportResult.class);
 *
 * jobs.submit(REPORT, new ReportInput("2030-01"));
 * jobs.submit(REPORT.with(new ReportInput("2030-01")).priority(2).build());
 * }</pre>
 *
 * @param name name of the type, which selects the handler
 * @param payloadClass class that Jackson writes as a JSON object, for example a record
 * @param resultClass class to which Jackson converts the handler's result
 * @param <P> type of the payload
 * @param <R> type of the result
 */
public record JobType<P, R>(String name, Class<P> payloadClass, Class<R> resultClass) {

    /** Requires a name and both classes. A submit checks the name. */
    public JobType {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(payloadClass, "payloadClass");
        Objects.requireNonNull(resultClass, "resultClass");
    }

    /**
     * Returns a job type.
     *
     * @param name name of the type, which selects the handler
     * @param payload class that Jackson writes as a JSON object, for example a record
     * @param result class to which Jackson converts the handler's result
     * @param <P> type of the payload
     * @param <R> type of the result
     */
    public static <P, R> JobType<P, R> of(String name, Class<P> payload, Class<R> result) {
        return new JobType<>(name, payload, result);
    }

    /** Starts a specification of a job with this type and a payload. */
    public JobSpecificationBuilder with(P payload) {
        return JobSpecification.type(name).payload(payload);
    }
}
