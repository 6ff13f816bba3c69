// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import io.jobyard.api.JobSpecification.AskedDemand;
import io.jobyard.api.JobSpecification.AskedRouting;
import io.jobyard.api.JobSpecification.AskedRuns;
import io.jobyard.api.JobTerms.JobTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builder of a {@link JobSpecification}. Not safe for use by several threads. */
public final class JobSpecificationBuilder {

    final String type;

    @Nullable
    Object payload;

    AskedRouting routing = new AskedRouting(null, null, null);
    AskedRuns runs = new AskedRuns(null, null);
    Set<JobId> dependencies = Set.of();
    Set<String> dependencyNames = Set.of();

    @Nullable
    DependencyPolicy ifDependencyFails;

    Map<JobId, DependencyPolicy> dependencyPolicies = Map.of();
    Map<String, DependencyPolicy> dependencyNamePolicies = Map.of();
    JobTimes times = new JobTimes(null, null, null);

    @Nullable
    String name;

    @Nullable
    String key;

    KeyPolicy keyPolicy = KeyPolicy.RETURN;
    Map<String, String> labels = Map.of();

    @Nullable
    String group;

    @Nullable
    String endsGroup;

    AskedDemand demand = new AskedDemand(Set.of(), Map.of());

    JobSpecificationBuilder(String type) {
        this.type = type;
    }

    JobSpecificationBuilder(JobSpecificationBuilder other) {
        type = other.type;
        payload = other.payload;
        routing = other.routing;
        runs = other.runs;
        dependencies = other.dependencies;
        dependencyNames = other.dependencyNames;
        ifDependencyFails = other.ifDependencyFails;
        dependencyPolicies = other.dependencyPolicies;
        dependencyNamePolicies = other.dependencyNamePolicies;
        times = other.times;
        name = other.name;
        key = other.key;
        keyPolicy = other.keyPolicy;
        labels = other.labels;
        group = other.group;
        endsGroup = other.endsGroup;
        demand = other.demand;
    }

    /**
     * Sets the payload for the handler. Required; may be an empty object unless the type's schema rejects it.
     *
     * @param object a map of JSON values, or an object of a class that Jackson writes as a JSON object, for example a record. Instants and
     * durations become text. Numbers that JSON cannot preserve are rejected: NaN, infinity, more digits than a double has, or a whole
     * number with more than 1,000 digits
     */
    public JobSpecificationBuilder payload(Object object) {
        payload = object instanceof Map<?, ?> map ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : object;
        return this;
    }

    /**
     * Names this specification, so that others of the same {@link JobManager#submitAll} can depend on it.
     *
     * @param local name that is unique in that call; the host does not store it
     */
    public JobSpecificationBuilder name(String local) {
        name = local;
        return this;
    }

    /** Sets the priority, 1 (highest) to the host's {@code priority.levels}. Default: the default priority of the host. */
    public JobSpecificationBuilder priority(int level) {
        routing = new AskedRouting(routing.queue(), level, routing.handlerVersion());
        return this;
    }

    /** Requests a queue. By default, the host routes the job by its type. */
    public JobSpecificationBuilder queue(String queueName) {
        routing = new AskedRouting(queueName, routing.priority(), routing.handlerVersion());
        return this;
    }

    /** Adds existing jobs that must finish before this job starts. */
    public JobSpecificationBuilder dependsOn(JobId... ids) {
        dependencies = with(dependencies, List.of(ids));
        return this;
    }

    /** Adds jobs of the same call that must finish before this job starts, by the {@link #name(String) names} of their specifications. */
    public JobSpecificationBuilder dependsOn(String... names) {
        dependencyNames = with(dependencyNames, List.of(names));
        return this;
    }

    /**
     * Adds a job that must finish before this job starts, with a policy for its failure.
     *
     * @param id an existing job
     * @param ifFails policy for this dependency; at most 100 dependencies of a job have their own
     */
    public JobSpecificationBuilder dependsOn(JobId id, DependencyPolicy ifFails) {
        dependencyPolicies = with(dependencyPolicies, id, ifFails);
        return dependsOn(id);
    }

    /**
     * Adds a specification of the same call whose job must finish before this job starts, with a policy for its failure.
     *
     * @param dependency {@link #name(String) name} of the specification
     * @param ifFails policy for this dependency; at most 100 dependencies of a job have their own
     */
    public JobSpecificationBuilder dependsOn(String dependency, DependencyPolicy ifFails) {
        dependencyNamePolicies = with(dependencyNamePolicies, dependency, ifFails);
        return dependsOn(dependency);
    }

    /** Sets the policy for dependencies without their own policy. By default, the job fails; an end job runs anyway. */
    public JobSpecificationBuilder ifDependencyFails(DependencyPolicy policy) {
        ifDependencyFails = policy;
        return this;
    }

    /** Sets the timeout of a run, 1 s to 86,400 s. Default: {@code default.timeout.seconds}. */
    public JobSpecificationBuilder timeout(Duration limit) {
        runs = new AskedRuns(limit, runs.maxRetries());
        return this;
    }

    /** Sets the number of further attempts after the first failed one, 0 to 10. Default: {@code default.max.retries}. */
    public JobSpecificationBuilder maxRetries(int retries) {
        runs = new AskedRuns(runs.timeout(), retries);
        return this;
    }

    /** Sets the earliest start. By default, the job may start immediately. */
    public JobSpecificationBuilder notBefore(Instant instant) {
        times = new JobTimes(instant, times.expires(), times.deadline());
        return this;
    }

    /**
     * Fails the job if it is waiting or queued at this time, even between two attempts; a running attempt may finish. By default, the job
     * never expires.
     *
     * @param instant time of expiry; in the future
     */
    public JobSpecificationBuilder expires(Instant instant) {
        times = new JobTimes(times.notBefore(), instant, times.deadline());
        return this;
    }

    /**
     * Fails the job at this time unless it has finished. A running job is interrupted, as at its timeout. By default, the job has no
     * deadline.
     *
     * @param instant deadline; in the future
     */
    public JobSpecificationBuilder deadline(Instant instant) {
        times = new JobTimes(times.notBefore(), times.expires(), instant);
        return this;
    }

    /**
     * Makes the job unique among the submitter's unfinished jobs. A further submit with the key returns the ID of the first job.
     *
     * @param unique key, 1 to 200 characters
     */
    public JobSpecificationBuilder key(String unique) {
        key = unique;
        return this;
    }

    /** Sets the effect of the submit if its key is in use. By default, it returns the earlier job. */
    public JobSpecificationBuilder keyPolicy(KeyPolicy policy) {
        keyPolicy = policy;
        return this;
    }

    /** Adds a label. */
    public JobSpecificationBuilder label(String label, String value) {
        labels = with(labels, label, value);
        return this;
    }

    /**
     * Adds the job to a group of its submitter, so that the jobs of the group can be found and counted together, and followed by one end
     * job.
     *
     * @param groupName 1 to 200 of the characters A-Z a-z 0-9 . _ -; the first job of a group creates it
     */
    public JobSpecificationBuilder group(String groupName) {
        group = groupName;
        return this;
    }

    /**
     * Makes the job the end job of a group. It depends on all jobs that the group has when it is stored, including jobs of the same call,
     * and closes the group to further jobs. It starts when they have finished, with any result, unless {@link #ifDependencyFails} sets
     * another policy.
     *
     * @param groupName a group of the same submitter with 1 to 20,000 jobs and without an end job
     */
    public JobSpecificationBuilder endsGroup(String groupName) {
        endsGroup = groupName;
        return this;
    }

    /**
     * Restricts the versions of the handler to an OSGi range, for example {@code [1.2,2)}. By default, the highest available version runs
     * the job.
     */
    public JobSpecificationBuilder handlerVersion(String range) {
        routing = new AskedRouting(routing.queue(), routing.priority(), range);
        return this;
    }

    /**
     * Names limits that the job uses, in addition to those of its handler. The job waits while one of its limits is exhausted.
     *
     * @param names names of {@code io.jobyard.limits-NAME} configurations, at most 10
     */
    public JobSpecificationBuilder limits(String... names) {
        demand = new AskedDemand(with(demand.limits(), List.of(names)), demand.estimate());
        return this;
    }

    /**
     * Sets the number of slots of a limit's {@code running.max} that the job takes while it runs. It takes all its slots and amounts
     * together or does not start. The job then uses this limit. The estimate contains the number as the unit {@code slots.NAME}.
     *
     * @param positions number of slots; at least 1
     */
    public JobSpecificationBuilder slots(String limit, int positions) {
        return estimate("slots." + limit, positions);
    }

    /**
     * Sets the expected use of a unit by a run. The amount is taken from all limits of the job that count the unit, together or not at all,
     * before the run starts; {@code JobContext.used} settles the difference.
     *
     * @param unit unit, for example {@code tokens}; without an estimate, a run uses 1 of {@code requests} and 0 of other units
     * @param amount amount, not negative
     */
    public JobSpecificationBuilder estimate(String unit, double amount) {
        demand = new AskedDemand(demand.limits(), with(demand.estimate(), unit, amount));
        return this;
    }

    /** Builds the specification. You can use the builder again. */
    public JobSpecification build() {
        return new JobSpecification(new JobSpecificationBuilder(this));
    }

    private static <T> Set<T> with(Set<T> some, List<T> more) {
        Set<T> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return Collections.unmodifiableSet(all);
    }

    private static <K, V> Map<K, V> with(Map<K, V> some, K key, V value) {
        Map<K, V> all = new LinkedHashMap<>(some);
        all.put(key, value);
        return Collections.unmodifiableMap(all);
    }
}
