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
     * Where the job stands and who may run it.
     *
     * @param queue the queue that was asked for; null if none was
     * @param priority the level, 1 first
     * @param handlerVersion the OSGi version range its handler must be in; null for any
     */
    public record RoutingTerms(
            @Nullable String queue, int priority, @Nullable String handlerVersion) {}

    /**
     * How its runs are bounded.
     *
     * @param timeout how long one run may take, from the handler's first line
     * @param maxRetries how many more attempts follow a first that fails
     */
    public record RunRules(Duration timeout, int maxRetries) {}

    /**
     * What becomes of the job when one that it depends on ends badly.
     *
     * @param ifFails for those that have no policy of their own
     * @param policies the dependencies that have a policy of their own
     */
    public record DependencyTerms(DependencyPolicy ifFails, Map<JobId, DependencyPolicy> policies) {

        public DependencyTerms {
            policies = Map.copyOf(policies);
        }

        /** What becomes of the job when that one ends badly: its own policy, or that for all. */
        public DependencyPolicy ifFails(JobId dependency) {
            return policies.getOrDefault(dependency, ifFails);
        }
    }

    /**
     * When it may start, and when it is given up.
     *
     * @param notBefore the job does not start earlier; null if it may at once
     * @param expires the job fails if it waits or is queued at that time, also between two attempts; null for never
     * @param deadline the job fails if it has not ended by then, its run is cut; null for none
     */
    public record JobTimes(
            @Nullable Instant notBefore,
            @Nullable Instant expires,
            @Nullable Instant deadline) {

        /**
         * When the job fails unless it runs: the earlier of {@link #expires} and {@link #deadline}.
         *
         * @return the instant; null for never
         */
        public @Nullable Instant expiry() {
            return deadline == null || expires != null && expires.isBefore(deadline) ? expires : deadline;
        }
    }

    /**
     * By what its submitter, and its schedule, know it.
     *
     * @param key while a job with this key of the same submitter is not final there is no second; null for none
     * @param keyUntil until then there is no second either if the job is final; null if its end frees the key
     * @param labels the submitter's own marks
     * @param fire the time of a schedule that the job was made for; null if it was submitted
     * @param group the group of its submitter that it is one of; null for none
     * @param endsGroup the group of its submitter that it ends: it depends on all of its jobs; null for none
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
     * What it draws on.
     *
     * @param limits beside those of its handler, by name and in order; one that counts values apart with the job's value, as
     *     {@code models=gpt-4o}, whoever names it
     * @param estimate how much of each unit a run is expected to use: taken from its limits at the start
     */
    public record JobDemand(List<String> limits, Map<String, Double> estimate) {

        public JobDemand {
            limits = limits.stream().distinct().sorted().toList();
            estimate = Map.copyOf(estimate);
        }
    }

    /** The same with other policies of single dependencies. */
    public JobTerms dependencyPolicies(Map<JobId, DependencyPolicy> policies) {
        return with(new DependencyTerms(dependencies.ifFails, policies), identity, demand);
    }

    /** The same for a job that becomes another one and stays what it is to others: it keeps its dependencies and its group. */
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
     * The same for a job that a schedule makes.
     *
     * @param time the time of the schedule; null for none
     */
    public JobTerms at(@Nullable Fire time) {
        return with(
                dependencies,
                new Identity(
                        identity.key, identity.keyUntil, identity.labels, time, identity.group, identity.endsGroup),
                demand);
    }

    /**
     * The same for a job that is expected to use something else.
     *
     * @param drawnOn all limits that it names, with those of which it takes places
     * @param uses how much of each unit a run is expected to use
     */
    public JobTerms using(List<String> drawnOn, Map<String, Double> uses) {
        return with(dependencies, identity, new JobDemand(drawnOn, uses));
    }

    private JobTerms with(DependencyTerms policies, Identity marks, JobDemand uses) {
        return new JobTerms(type, routing, runs, policies, times, marks, uses);
    }
}
