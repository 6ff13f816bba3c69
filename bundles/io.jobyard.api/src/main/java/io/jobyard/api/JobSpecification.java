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
     * Begins a specification.
     *
     * @param type names the handler the job needs, such as {@code llm_internal_tool}
     */
    public static JobSpecificationBuilder type(String type) {
        return new JobSpecificationBuilder(type);
    }

    /** Begins another specification with the same values. */
    public JobSpecificationBuilder toBuilder() {
        return new JobSpecificationBuilder(values);
    }

    /** Type, which selects the handler. */
    public String type() {
        return values.type;
    }

    /** A JSON object; null if none was given, which a submit refuses. */
    public @Nullable Map<String, Object> payload() {
        return values.payload;
    }

    /** Where the job is to stand, and who is to run it. */
    public AskedRouting routing() {
        return values.routing;
    }

    /** How its runs are to be bounded. */
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

    /** When it may start, and when it is given up. */
    public JobTerms.JobTimes times() {
        return values.times;
    }

    /** By what its submitter knows it. */
    public AskedIdentity identity() {
        return new AskedIdentity(
                values.name, values.key, values.keyPolicy, values.labels, values.group, values.endsGroup);
    }

    /** What it draws on. */
    public AskedDemand demand() {
        return values.demand;
    }

    /**
     * Policy for dependencies without their own policy.
     *
     * @return the policy; by default that of {@link JobSpecificationBuilder#endsGroup} or {@link DependencyPolicy#FAIL}
     */
    public DependencyPolicy ifDependencyFails() {
        DependencyPolicy given = values.ifDependencyFails;
        return given != null ? given : values.endsGroup != null ? DependencyPolicy.RUN : DependencyPolicy.FAIL;
    }

    /**
     * Where a job is to stand, and who is to run it.
     *
     * @param queue null to let the host route by type
     * @param priority 1 for the first level; null for the default
     * @param handlerVersion the OSGi version range the handler must be in, such as {@code [1.2,2)}; null for any
     */
    public record AskedRouting(
            @Nullable String queue,
            @Nullable Integer priority,
            @Nullable String handlerVersion) {}

    /**
     * How runs are to be bounded.
     *
     * @param timeout how long one run may take; null for the default
     * @param maxRetries how many more attempts follow a first that fails; 0 for none, null for the default
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
     * By what its submitter knows a job.
     *
     * @param name among those submitted with it; null if it has none
     * @param key what makes the job unique among the submitter's jobs that are not final; null for none
     * @param keyPolicy what becomes of the submit if the key is taken
     * @param labels the submitter's own marks
     * @param group the group that the job is one of; null for none
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
