// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed when a job was admitted: all of its specification but the payload and the dependencies, with the
 * defaults of that moment filled in. Changes afterwards only by {@link JobManager#change}, before the job runs.
 *
 * @param type names the handler the job needs
 * @param queue the queue that was asked for; null if none was
 * @param priority the level, 1 first
 * @param timeout how long one run may take, from the handler's first line
 * @param maxRetries how many more attempts follow a first that fails
 * @param ifDependencyFails what becomes of the job when one that it depends on ends badly and has no policy of its own
 * @param dependencyPolicies the dependencies that have a policy of their own
 * @param notBefore the job does not start earlier; null if it may at once
 * @param expires the job fails if it waits or is queued at that time, also between two attempts; null for never
 * @param deadline the job fails if it has not ended by then, its run is cut; null for none
 * @param key while a job with this key of the same submitter is not final there is no second; null for none
 * @param keyUntil until then there is no second either if the job is final; null if its end frees the key
 * @param labels the submitter's own marks
 * @param handlerVersion the OSGi version range its handler must be in; null for any
 * @param limits the limits it draws on beside those of its handler, by name and in order; one that counts values apart
 *     with the job's value, as {@code models=gpt-4o}, whoever names it
 * @param estimate how much of each unit a run is expected to use: taken from its limits at the start
 * @param fire the time of a schedule that the job was made for; null if it was submitted
 * @param group the group of its submitter that it is one of; null for none
 * @param endsGroup the group of its submitter that it ends: it depends on all of its jobs; null for none
 */
public record JobTerms(
        String type,
        @Nullable String queue,
        int priority,
        Duration timeout,
        int maxRetries,
        DependencyPolicy ifDependencyFails,
        Map<JobId, DependencyPolicy> dependencyPolicies,
        @Nullable Instant notBefore,
        @Nullable Instant expires,
        @Nullable Instant deadline,
        @Nullable String key,
        @Nullable Instant keyUntil,
        Map<String, String> labels,
        @Nullable String handlerVersion,
        List<String> limits,
        Map<String, Double> estimate,
        @Nullable Fire fire,
        @Nullable String group,
        @Nullable String endsGroup) {

    public JobTerms {
        dependencyPolicies = Map.copyOf(dependencyPolicies);
        labels = Map.copyOf(labels);
        limits = limits.stream().distinct().sorted().toList();
        estimate = Map.copyOf(estimate);
    }

    /**
     * Terms of a job that no schedule made, with no deadline, whose end frees its key.
     *
     * @param type names the handler the job needs
     * @param queue the queue that was asked for; null if none was
     * @param priority the level, 1 first
     * @param timeout how long one run may take, from the handler's first line
     * @param maxRetries how many more attempts follow a first that fails
     * @param ifDependencyFails what becomes of the job when one that it depends on ends badly
     * @param notBefore the job does not start earlier; null if it may at once
     * @param expires the job fails if it waits or is queued at that time, also between two attempts; null for never
     * @param key while a job with this key of the same submitter is not final there is no second; null for none
     * @param labels the submitter's own marks
     * @param handlerVersion the OSGi version range its handler must be in; null for any
     * @param limits the limits it draws on beside those of its handler, by name and in order
     * @param estimate how much of each unit a run is expected to use: taken from its limits at the start
     */
    public JobTerms(
            String type,
            @Nullable String queue,
            int priority,
            Duration timeout,
            int maxRetries,
            DependencyPolicy ifDependencyFails,
            @Nullable Instant notBefore,
            @Nullable Instant expires,
            @Nullable String key,
            Map<String, String> labels,
            @Nullable String handlerVersion,
            List<String> limits,
            Map<String, Double> estimate) {
        this(
                type,
                queue,
                priority,
                timeout,
                maxRetries,
                ifDependencyFails,
                Map.of(),
                notBefore,
                expires,
                null,
                key,
                null,
                labels,
                handlerVersion,
                limits,
                estimate,
                null,
                null,
                null);
    }

    /**
     * What becomes of the job when that one ends badly: its own policy, or that for all.
     *
     * @param dependency a job that it depends on
     */
    public DependencyPolicy ifDependencyFails(JobId dependency) {
        return dependencyPolicies.getOrDefault(dependency, ifDependencyFails);
    }

    /**
     * The same with other policies of single dependencies.
     *
     * @param policies all of them
     */
    public JobTerms dependencyPolicies(Map<JobId, DependencyPolicy> policies) {
        return copy(ifDependencyFails, policies, limits, estimate, fire, group, endsGroup);
    }

    /**
     * The same for a job that becomes another one and stays what it is to others: it keeps its dependencies and its group.
     *
     * @param before its terms until now
     */
    public JobTerms inPlaceOf(JobTerms before) {
        return copy(
                before.endsGroup == null ? ifDependencyFails : before.ifDependencyFails,
                before.dependencyPolicies,
                limits,
                estimate,
                fire,
                before.group,
                before.endsGroup);
    }

    /**
     * The same for a job that a schedule makes.
     *
     * @param time the time of the schedule; null for none
     */
    public JobTerms at(@Nullable Fire time) {
        return copy(ifDependencyFails, dependencyPolicies, limits, estimate, time, group, endsGroup);
    }

    /**
     * The same for a job that is expected to use something else.
     *
     * @param drawnOn all limits that it names, with those of which it takes places
     * @param uses how much of each unit a run is expected to use
     */
    public JobTerms using(List<String> drawnOn, Map<String, Double> uses) {
        return copy(ifDependencyFails, dependencyPolicies, drawnOn, uses, fire, group, endsGroup);
    }

    private JobTerms copy(
            DependencyPolicy policy,
            Map<JobId, DependencyPolicy> policies,
            List<String> drawnOn,
            Map<String, Double> uses,
            @Nullable Fire time,
            @Nullable String ofGroup,
            @Nullable String ends) {
        return new JobTerms(
                type,
                queue,
                priority,
                timeout,
                maxRetries,
                policy,
                policies,
                notBefore,
                expires,
                deadline,
                key,
                keyUntil,
                labels,
                handlerVersion,
                drawnOn,
                uses,
                time,
                ofGroup,
                ends);
    }

    /**
     * When the job fails unless it runs: the earlier of {@link #expires} and {@link #deadline}.
     *
     * @return the instant; null for never
     */
    public @Nullable Instant expiry() {
        return deadline == null || expires != null && expires.isBefore(deadline) ? expires : deadline;
    }
}
