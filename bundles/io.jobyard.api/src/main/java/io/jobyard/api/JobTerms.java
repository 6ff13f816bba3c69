// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Terms of an admitted job: its specification without the payload and the dependencies, with the defaults at that moment. Only {@link
 * JobManager#change} changes them, before the job runs.
 *
 * @param type job type, which selects the handler
 */
public record JobTerms(
        String type,
        RoutingTerms routing,
        RunRules runs,
        DependencyTerms dependencies,
        JobTimes times,
        Identity identity,
        JobDemand demand) {

    /**
     * Queue, priority and handler versions.
     *
     * @param queue requested queue; null for none
     * @param priority 1 for the highest priority
     * @param handlerVersion OSGi version range for its handler; null for any version
     */
    public record RoutingTerms(
            @Nullable String queue, int priority, @Nullable String handlerVersion) {}

    /**
     * Timeout and retries.
     *
     * @param timeout timeout of one run, from the begin of the handler
     * @param maxRetries number of further attempts after the first failed one
     */
    public record RunRules(Duration timeout, int maxRetries) {}

    /**
     * Policies for dependencies that fail or are cancelled.
     *
     * @param ifFails policy for dependencies without their own policy
     * @param policies the policies of single dependencies
     */
    public record DependencyTerms(DependencyPolicy ifFails, Map<JobId, DependencyPolicy> policies) {

        public DependencyTerms {
            policies = Map.copyOf(policies);
        }

        /** Returns the policy for a dependency: its own policy, or the policy for all dependencies. */
        public DependencyPolicy ifFails(JobId dependency) {
            return policies.getOrDefault(dependency, ifFails);
        }
    }

    /**
     * Times of a job.
     *
     * @param notBefore earliest start; null for no restriction
     * @param expires time at which the job fails if it is waiting or queued, even between two attempts; null for never
     * @param deadline time at which the job fails if it has not finished, and its run is interrupted; null for none
     */
    public record JobTimes(
            @Nullable Instant notBefore,
            @Nullable Instant expires,
            @Nullable Instant deadline) {

        /**
         * {@return the time at which the job fails unless it is running: the earlier of {@link #expires} and {@link #deadline}; null for
         * never}
         */
        public @Nullable Instant expiry() {
            return deadline == null || expires != null && expires.isBefore(deadline) ? expires : deadline;
        }
    }

    /**
     * Names and marks of a job.
     *
     * @param key while an unfinished job of the same submitter has this key, no second job with the key is stored; null for none
     * @param keyUntil time until which the key stays in use even if the job has finished; null if the end of the job releases the key
     * @param labels labels of the submitter
     * @param fire scheduled time that the job was created for; null if it was submitted
     * @param group submitter's group that it belongs to; null for none
     * @param endsGroup submitter's group whose end job it is; null for none
     */
    public record Identity(
            @Nullable String key,
            @Nullable Instant keyUntil,
            Map<String, String> labels,
            @Nullable Fire fire,
            @Nullable String group,
            @Nullable String endsGroup) {

        public Identity {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Use of limits.
     *
     * @param limits limits in addition to those of the handler, by name and in order; a limit with a key includes the job's value, for
     * example {@code models=gpt-4o}
     * @param estimate expected use of each unit by a run, taken from its limits at the start
     */
    public record JobDemand(List<String> limits, Map<String, Double> estimate) {

        public JobDemand {
            limits = limits.stream().distinct().sorted().toList();
            estimate = Map.copyOf(estimate);
        }
    }

    /** Returns a copy with other policies of single dependencies. */
    public JobTerms dependencyPolicies(Map<JobId, DependencyPolicy> policies) {
        return with(new DependencyTerms(dependencies.ifFails, policies), identity, demand);
    }

    /** Returns a copy for a job that replaces another job and keeps the dependencies and the group of that job. */
    public JobTerms inPlaceOf(JobTerms before) {
        boolean ends = before.identity.endsGroup != null;
        return with(
                new DependencyTerms((ends ? before : this).dependencies.ifFails, before.dependencies.policies),
                new Identity(
                        identity.key,
                        identity.keyUntil,
                        identity.labels,
                        identity.fire,
                        before.identity.group,
                        before.identity.endsGroup),
                demand);
    }

    /**
     * Returns a copy for a job of a schedule.
     *
     * @param time the scheduled time; null for none
     */
    public JobTerms at(@Nullable Fire time) {
        return with(
                dependencies,
                new Identity(
                        identity.key, identity.keyUntil, identity.labels, time, identity.group, identity.endsGroup),
                demand);
    }

    /**
     * Returns a copy with another expected use.
     *
     * @param drawnOn all limits that the estimate names, including those whose slots it takes
     * @param uses expected use of each unit by a run
     */
    public JobTerms using(List<String> drawnOn, Map<String, Double> uses) {
        return with(dependencies, identity, new JobDemand(drawnOn, uses));
    }

    private JobTerms with(DependencyTerms policies, Identity marks, JobDemand uses) {
        return new JobTerms(type, routing, runs, policies, times, marks, uses);
    }
}
