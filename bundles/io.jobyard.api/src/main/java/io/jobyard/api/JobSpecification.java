// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Request for a job. Only the type and the payload are required. The host's defaults apply to omitted values. All values are checked when
 * the job is submitted.
 *
 * <pre>{@code
 * JobSpecification.type("word_count").payload(Map.of("text", "to be or not")).priority(2).build()
 * }</pre>
 *
 * <p>Immutable, except for objects and nested collections of the payload, which belong to the caller: do not change them until submit
 * returns.
 */
public final class JobSpecification {

    private final JobSpecificationBuilder values;

    JobSpecification(JobSpecificationBuilder values) {
        this.values = values;
    }

    /**
     * Starts a specification.
     *
     * @param type job type, which selects the handler, for example {@code llm_internal_tool}
     */
    public static JobSpecificationBuilder type(String type) {
        return new JobSpecificationBuilder(type);
    }

    /** Returns a builder with the same values. */
    public JobSpecificationBuilder toBuilder() {
        return new JobSpecificationBuilder(values);
    }

    /** Returns the type, which selects the handler. */
    public String type() {
        return values.type;
    }

    /** Returns the payload: a map, or another object that Jackson writes as a JSON object; null if omitted. A submit rejects null. */
    public @Nullable Object payload() {
        return values.payload;
    }

    /** Returns the queue, the priority and the handler versions. */
    public AskedRouting routing() {
        return values.routing;
    }

    /** Returns the timeout of a run and the retry settings of the job. */
    public AskedRuns runs() {
        return values.runs;
    }

    /** Returns the dependencies of the job. */
    public AskedDependencies dependencies() {
        return new AskedDependencies(
                values.dependencies,
                values.dependencyNames,
                values.ifDependencyFails,
                values.dependencyPolicies,
                values.dependencyNamePolicies);
    }

    /** Returns the earliest start, expiry and deadline. */
    public JobTerms.JobTimes times() {
        return values.times;
    }

    /** Returns the names and marks for the submitter. */
    public AskedIdentity identity() {
        return new AskedIdentity(
                values.name, values.key, values.keyPolicy, values.labels, values.group, values.endsGroup);
    }

    /** Returns the use of limits. */
    public AskedDemand demand() {
        return values.demand;
    }

    /**
     * {@return the policy for dependencies without their own policy; by default the policy of {@link JobSpecificationBuilder#endsGroup} or
     * {@link DependencyPolicy#FAIL}}
     */
    public DependencyPolicy ifDependencyFails() {
        DependencyPolicy given = values.ifDependencyFails;
        return given != null ? given : values.endsGroup != null ? DependencyPolicy.RUN : DependencyPolicy.FAIL;
    }

    /**
     * Requested queue, priority and handler versions.
     *
     * @param queue requested queue; null to route by type
     * @param priority 1 for the highest priority; null for the default
     * @param handlerVersion OSGi version range for the handler, for example {@code [1.2,2)}; null for any version
     */
    public record AskedRouting(
            @Nullable String queue,
            @Nullable Integer priority,
            @Nullable String handlerVersion) {}

    /**
     * Requested timeout and retries.
     *
     * @param timeout timeout of one run; null for the default
     * @param maxRetries number of further attempts after the first failed one; 0 for none, null for the default
     */
    public record AskedRuns(
            @Nullable Duration timeout, @Nullable Integer maxRetries) {}

    /**
     * Requested dependencies. The collections are unmodifiable and keep the given order.
     *
     * @param ids jobs that must finish first
     * @param names specifications of the same call whose jobs must finish first
     * @param ifFails policy for dependencies without their own policy; null if omitted
     * @param policies policies of single IDs
     * @param namePolicies policies of single names
     */
    public record AskedDependencies(
            Set<JobId> ids,
            Set<String> names,
            @Nullable DependencyPolicy ifFails,
            Map<JobId, DependencyPolicy> policies,
            Map<String, DependencyPolicy> namePolicies) {}

    /**
     * Names and marks of a job for its submitter.
     *
     * @param name name that is unique among the jobs of the call; null for none
     * @param key key that is unique among the submitter's unfinished jobs; null for none
     * @param keyPolicy effect of the submit if the key is in use
     * @param labels labels of the submitter
     * @param group group that the job belongs to; null for none
     * @param endsGroup group whose end job this is; null for none
     */
    public record AskedIdentity(
            @Nullable String name,
            @Nullable String key,
            KeyPolicy keyPolicy,
            Map<String, String> labels,
            @Nullable String group,
            @Nullable String endsGroup) {}

    /**
     * Requested use of limits.
     *
     * @param limits limits in addition to those of the handler
     * @param estimate expected use of each unit by a run
     */
    public record AskedDemand(Set<String> limits, Map<String, Double> estimate) {}
}
