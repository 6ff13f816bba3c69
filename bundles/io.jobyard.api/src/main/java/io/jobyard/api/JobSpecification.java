// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Request of an application for a job. Only the type and the payload are required; omitted values get the host's defaults. All values are
 * checked when the job is submitted.
 *
 * <pre>{@code
 * JobSpecification.type("word_count").payload(Map.of("text", "to be or not")).priority(2).build()
 * }</pre>
 *
 * <p>Immutable, except for nested collections of the payload, which belong to the caller: do not change them until submit returns.
 */
public final class JobSpecification {

    private final JobSpecificationBuilder values;

    JobSpecification(JobSpecificationBuilder values) {
        this.values = values;
    }

    /**
     * Starts a specification.
     *
     * @param type selects the handler, for example {@code llm_internal_tool}
     */
    public static JobSpecificationBuilder type(String type) {
        return new JobSpecificationBuilder(type);
    }

    /** Returns a builder with the same values. */
    public JobSpecificationBuilder toBuilder() {
        return new JobSpecificationBuilder(values);
    }

    /** Type, which selects the handler. */
    public String type() {
        return values.type;
    }

    /** A JSON object; null if omitted, which a submit rejects. */
    public @Nullable Map<String, Object> payload() {
        return values.payload;
    }

    /** Queue, priority and handler versions. */
    public AskedRouting routing() {
        return values.routing;
    }

    /** Timeout and retries of its runs. */
    public AskedRuns runs() {
        return values.runs;
    }

    /** Dependencies of the job. */
    public AskedDependencies dependencies() {
        return new AskedDependencies(
                values.dependencies,
                values.dependencyNames,
                values.ifDependencyFails,
                values.dependencyPolicies,
                values.dependencyNamePolicies);
    }

    /** Earliest start, expiry and deadline. */
    public JobTerms.JobTimes times() {
        return values.times;
    }

    /** Names and marks for the submitter. */
    public AskedIdentity identity() {
        return new AskedIdentity(
                values.name, values.key, values.keyPolicy, values.labels, values.group, values.endsGroup);
    }

    /** Use of limits. */
    public AskedDemand demand() {
        return values.demand;
    }

    /**
     * {@return the policy for dependencies without their own; by default that of {@link JobSpecificationBuilder#endsGroup} or
     * {@link DependencyPolicy#FAIL}}
     */
    public DependencyPolicy ifDependencyFails() {
        DependencyPolicy given = values.ifDependencyFails;
        return given != null ? given : values.endsGroup != null ? DependencyPolicy.RUN : DependencyPolicy.FAIL;
    }

    /**
     * Requested queue, priority and handler versions.
     *
     * @param queue null to route by type
     * @param priority 1 for the most urgent; null for the default
     * @param handlerVersion the OSGi version range for the handler, for example {@code [1.2,2)}; null for any
     */
    public record AskedRouting(
            @Nullable String queue,
            @Nullable Integer priority,
            @Nullable String handlerVersion) {}

    /**
     * Requested timeout and retries.
     *
     * @param timeout of one run; null for the default
     * @param maxRetries number of further attempts after a failed first one; 0 for none, null for the default
     */
    public record AskedRuns(
            @Nullable Duration timeout, @Nullable Integer maxRetries) {}

    /**
     * Requested dependencies. All in the order given, and unmodifiable.
     *
     * @param ids the jobs that must finish first
     * @param names the specifications of the same call whose jobs must finish first
     * @param ifFails the policy for dependencies without their own; null if omitted
     * @param policies the policies of single ids
     * @param namePolicies the policies of single names
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
     * @param name unique among the jobs of the call; null for none
     * @param key unique among the submitter's jobs that are not final; null for none
     * @param keyPolicy effect of the submit if the key is taken
     * @param labels the submitter's own marks
     * @param group the group that the job belongs to; null for none
     * @param endsGroup the group whose end job this is; null for none
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
     * @param limits in addition to those of its handler
     * @param estimate expected use of each unit by a run
     */
    public record AskedDemand(Set<String> limits, Map<String, Double> estimate) {}
}
