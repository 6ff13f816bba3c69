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
import org.jspecify.annotations.Nullable;

/**
 * One call of an operation. Immutable.
 *
 * @param caller the user or bundle that calls
 * @param inputs the checked inputs
 * @param services the services of the host for this caller
 * @param origin the connection that the call came by
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
     * @param schedules reads and changes schedules
     * @param ifUnchanged changes a job only if it is still as it was read
     */
    public record CallServices(
            JobManager jobs, StatusReporter status, ScheduleManager schedules, Function<Job, JobManager> ifUnchanged) {}

    /**
     * Connection that a call came by.
     *
     * @param session the id of the caller's session; null without one
     * @param address the address of the client; empty if it is on this machine
     */
    public record CallOrigin(@Nullable String session, String address) {

        /** A call without a session, from this machine. */
        public static final CallOrigin LOCAL = new CallOrigin(null, "");
    }

    /** Stores the jobs of a call: an interface that knows keys of requests stores them once for each key. */
    @FunctionalInterface
    public interface SubmitFunction {

        /**
         * Stores jobs, all or none.
         *
         * @param jobs in order
         * @param sent the objects that the caller sent for them
         */
        List<Submission> submit(List<JobSpecification> jobs, Iterable<?> sent);
    }

    /** Submits and changes jobs. */
    public JobManager jobs() {
        return services.jobs();
    }

    /** Reads jobs and the state of the host. */
    public StatusReporter status() {
        return services.status();
    }

    /** Reads and changes schedules. */
    public ScheduleManager schedules() {
        return services.schedules();
    }

    /** The time of the call. */
    public Instant now() {
        return inputs.now();
    }

    /** The job of the input {@code id}, which is an id or the last characters of one. */
    public JobId id() {
        String id = inputs.needed("id");
        return id.length() == WHOLE_ID ? JobId.of(id) : status().resolve(id);
    }

    /** Returns this call as one that changes a job only if it is still like this. */
    public OperationCall ifUnchanged(Job seen) {
        CallServices guarded =
                new CallServices(services.ifUnchanged().apply(seen), status(), schedules(), services.ifUnchanged());
        return new OperationCall(caller, inputs, guarded, origin, submitter);
    }

    /** Returns this call with another way to store new jobs. */
    public OperationCall with(SubmitFunction other) {
        return new OperationCall(caller, inputs, services, origin, other);
    }

    /** Returns this call with its connection. */
    public OperationCall from(CallOrigin other) {
        return new OperationCall(caller, inputs, services, other, submitter);
    }
}
