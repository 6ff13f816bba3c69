// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.Submission;
import io.jobyard.spi.access.Caller;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Call of an operation. Immutable.
 *
 * @param caller the user or bundle that calls
 * @param services the services of the host for this caller
 * @param origin the connection of the call
 * @param submitter stores new jobs
 */
public record OperationCall(
        Caller caller, Inputs inputs, CallServices services, CallOrigin origin, SubmitFunction submitter) {

    private static final int WHOLE_ID = 36;

    /**
     * Services of the host for one caller.
     *
     * @param jobs submits and changes jobs
     * @param status reads jobs and the state of the host
     * @param schedules returns the service that reads and changes schedules; throws an exception if it is not available
     * @param ifUnchanged changes a job only if it has not changed since it was read
     */
    public record CallServices(
            JobManager jobs,
            StatusReporter status,
            Supplier<ScheduleManager> schedules,
            Function<Job, JobManager> ifUnchanged) {}

    /**
     * Connection of a call.
     *
     * @param session the id of the caller's session; null without a session
     * @param address the address of the client; empty for this machine
     */
    public record CallOrigin(@Nullable String session, String address) {

        /** Origin of a call from this machine, without a session. */
        public static final CallOrigin LOCAL = new CallOrigin(null, "");
    }

    /** Function that stores the jobs of a call. An interface with idempotency keys stores them once for each key. */
    @FunctionalInterface
    public interface SubmitFunction {

        /**
         * Stores all jobs or none.
         *
         * @param jobs the jobs, in order
         * @param sent the objects that the caller sent for them
         */
        List<Submission> submit(List<JobSpecification> jobs, Iterable<?> sent);
    }

    /** Returns the service that submits and changes jobs. */
    public JobManager jobs() {
        return services.jobs();
    }

    /** Returns the service that reads jobs and the state of the host. */
    public StatusReporter status() {
        return services.status();
    }

    /**
     * Returns the service that reads and changes schedules.
     *
     * @throws MissingServiceException if the bundle of schedules is not active
     */
    public ScheduleManager schedules() {
        return services.schedules().get();
    }

    /** Returns the time of the call. */
    public Instant now() {
        return inputs.now();
    }

    /** Returns the job of the input {@code id}, which is a full id or its last characters. */
    public JobId id() {
        String id = inputs.needed("id");
        return id.length() == WHOLE_ID ? JobId.of(id) : status().resolve(id);
    }

    /** Returns this call limited to a job that has not changed since it was read. */
    public OperationCall ifUnchanged(Job seen) {
        CallServices guarded = new CallServices(
                services.ifUnchanged().apply(seen), status(), services.schedules(), services.ifUnchanged());
        return new OperationCall(caller, inputs, guarded, origin, submitter);
    }

    /** Returns this call with another function that stores new jobs. */
    public OperationCall with(SubmitFunction other) {
        return new OperationCall(caller, inputs, services, origin, other);
    }

    /** Returns this call with its connection. */
    public OperationCall from(CallOrigin other) {
        return new OperationCall(caller, inputs, services, other, submitter);
    }
}
