// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks for. Only the type and the payload must be given; what is left out takes the host's
 * defaults. The values are checked when the job is submitted, all in one place.
 *
 * <pre>{@code
 * JobSpecification.type("word_count").payload(Map.of("text", "to be or not")).priority(2).build()
 * }</pre>
 *
 * <p>Immutable, except that nested collections of the payload are the caller's: leave them alone until submit returns.
 */
public final class JobSpecification {

    private final Builder values;

    private JobSpecification(Builder values) {
        this.values = values;
    }

    /**
     * Begins a specification.
     *
     * @param type names the handler the job needs, such as {@code llm_internal_tool}
     */
    public static Builder type(String type) {
        return new Builder(type);
    }

    /**
     * The type.
     *
     * @return what names the handler
     */
    public String type() {
        return values.type;
    }

    /**
     * The payload.
     *
     * @return a JSON object; null if none was given, which a submit refuses
     */
    public @Nullable Map<String, Object> payload() {
        return values.payload;
    }

    /**
     * The name of this specification among those submitted with it.
     *
     * @return the name; null if it has none
     */
    public @Nullable String name() {
        return values.name;
    }

    /**
     * The level asked for.
     *
     * @return 1 for the first level; null for the default
     */
    public @Nullable Integer priority() {
        return values.priority;
    }

    /**
     * The queue asked for.
     *
     * @return its name; null to let the host route by type
     */
    public @Nullable String queue() {
        return values.queue;
    }

    /**
     * The jobs that must finish first.
     *
     * @return their ids, in the order given
     */
    public Set<JobId> dependencies() {
        return values.dependencies;
    }

    /**
     * The specifications of the same call whose jobs must finish first.
     *
     * @return their names, in the order given
     */
    public Set<String> dependencyNames() {
        return values.dependencyNames;
    }

    /**
     * What becomes of the job when a dependency ends badly that has no policy of its own.
     *
     * @return the policy; if none was given that of {@link Builder#endsGroup} or {@link DependencyPolicy#FAIL}
     */
    public DependencyPolicy ifDependencyFails() {
        DependencyPolicy given = values.ifDependencyFails;
        return given != null ? given : values.endsGroup != null ? DependencyPolicy.RUN : DependencyPolicy.FAIL;
    }

    /**
     * The dependencies that have a policy of their own.
     *
     * @return policies by ids that are among {@link #dependencies()}
     */
    public Map<JobId, DependencyPolicy> dependencyPolicies() {
        return values.dependencyPolicies;
    }

    /**
     * The dependencies by name that have a policy of their own.
     *
     * @return policies by names that are among {@link #dependencyNames()}
     */
    public Map<String, DependencyPolicy> dependencyNamePolicies() {
        return values.dependencyNamePolicies;
    }

    /**
     * How long one run may take.
     *
     * @return the timeout; null for the default
     */
    public @Nullable Duration timeout() {
        return values.timeout;
    }

    /**
     * How many more attempts follow a first that fails.
     *
     * @return 0 for none; null for the default
     */
    public @Nullable Integer maxRetries() {
        return values.maxRetries;
    }

    /**
     * The earliest start.
     *
     * @return the instant; null for at once
     */
    public @Nullable Instant notBefore() {
        return values.notBefore;
    }

    /**
     * When a job that has not started is given up.
     *
     * @return the instant; null for never
     */
    public @Nullable Instant expires() {
        return values.expires;
    }

    /**
     * When a job that has not ended is given up, also while it runs.
     *
     * @return the instant; null for never
     */
    public @Nullable Instant deadline() {
        return values.deadline;
    }

    /**
     * What makes the job unique among the submitter's jobs that are not final.
     *
     * @return the key; null for none
     */
    public @Nullable String key() {
        return values.key;
    }

    /**
     * What becomes of the submit if the key is taken.
     *
     * @return {@link KeyPolicy#RETURN} if nothing was said
     */
    public KeyPolicy keyPolicy() {
        return values.keyPolicy;
    }

    /**
     * The submitter's own marks.
     *
     * @return names and values
     */
    public Map<String, String> labels() {
        return values.labels;
    }

    /**
     * The group that the job is one of.
     *
     * @return its name among the submitter's groups; null for none
     */
    public @Nullable String group() {
        return values.group;
    }

    /**
     * The group whose end job this is.
     *
     * @return its name among the submitter's groups; null for none
     */
    public @Nullable String endsGroup() {
        return values.endsGroup;
    }

    /**
     * The OSGi version range the handler must be in.
     *
     * @return such as {@code [1.2,2)}; null for any
     */
    public @Nullable String handlerVersion() {
        return values.handlerVersion;
    }

    /**
     * The limits the job draws on, beside those of its handler.
     *
     * @return their names, unmodifiable
     */
    public Set<String> limits() {
        return values.limits;
    }

    /**
     * How much of each unit a run is expected to use.
     *
     * @return amounts by unit, unmodifiable
     */
    public Map<String, Double> estimate() {
        return values.estimate;
    }

    /** Begins another specification with the same values. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Collects a specification. Not safe for use by several threads. */
    public static final class Builder {

        private final String type;
        private @Nullable Map<String, Object> payload;
        private @Nullable String name;
        private @Nullable Integer priority;
        private @Nullable String queue;
        private Set<JobId> dependencies = Set.of();
        private Set<String> dependencyNames = Set.of();
        private @Nullable DependencyPolicy ifDependencyFails;
        private Map<JobId, DependencyPolicy> dependencyPolicies = Map.of();
        private Map<String, DependencyPolicy> dependencyNamePolicies = Map.of();
        private @Nullable Duration timeout;
        private @Nullable Integer maxRetries;
        private @Nullable Instant notBefore;
        private @Nullable Instant expires;
        private @Nullable Instant deadline;
        private @Nullable String key;
        private KeyPolicy keyPolicy = KeyPolicy.RETURN;
        private Map<String, String> labels = Map.of();
        private @Nullable String group;
        private @Nullable String endsGroup;
        private @Nullable String handlerVersion;
        private Set<String> limits = Set.of();
        private Map<String, Double> estimate = Map.of();

        private Builder(String type) {
            this.type = type;
        }

        private Builder(Builder other) {
            type = other.type;
            payload = other.payload;
            name = other.name;
            priority = other.priority;
            queue = other.queue;
            dependencies = other.dependencies;
            dependencyNames = other.dependencyNames;
            ifDependencyFails = other.ifDependencyFails;
            dependencyPolicies = other.dependencyPolicies;
            dependencyNamePolicies = other.dependencyNamePolicies;
            timeout = other.timeout;
            maxRetries = other.maxRetries;
            notBefore = other.notBefore;
            expires = other.expires;
            deadline = other.deadline;
            key = other.key;
            keyPolicy = other.keyPolicy;
            labels = other.labels;
            group = other.group;
            endsGroup = other.endsGroup;
            handlerVersion = other.handlerVersion;
            limits = other.limits;
            estimate = other.estimate;
        }

        /**
         * Sets what the handler gets. Required; an empty object will do unless the type's schema refuses it.
         *
         * @param json a JSON object: maps, lists, strings, numbers, booleans and nulls. A number that does not keep its
         *     value as JSON (NaN, infinity, more digits than a double has, a whole number of more than 1,000) is refused
         */
        public Builder payload(Map<String, ?> json) {
            payload = Collections.unmodifiableMap(new LinkedHashMap<>(json));
            return this;
        }

        /**
         * Names this specification, so that others of the same {@link JobManager#submitAll} can depend on it.
         *
         * @param local a name unique in that call; not stored
         */
        public Builder name(String local) {
            name = local;
            return this;
        }

        /**
         * Sets the level; by default the host's default level.
         *
         * @param level 1 (first) to the host's {@code priority.levels}
         */
        public Builder priority(int level) {
            priority = level;
            return this;
        }

        /** Asks for a queue; by default the host routes by type. */
        public Builder queue(String queueName) {
            queue = queueName;
            return this;
        }

        /**
         * Adds jobs that must finish before this one starts.
         *
         * @param ids jobs that exist
         */
        public Builder dependsOn(JobId... ids) {
            dependencies = with(dependencies, List.of(ids));
            return this;
        }

        /**
         * Adds specifications of the same call whose jobs must finish before this one starts.
         *
         * @param names their {@link #name(String) names}
         */
        public Builder dependsOn(String... names) {
            dependencyNames = with(dependencyNames, List.of(names));
            return this;
        }

        /**
         * Adds a job that must finish before this one starts, and says what becomes of this one when that one ends badly.
         *
         * @param id a job that exists
         * @param ifFails the policy for it alone; at most 100 dependencies have one
         */
        public Builder dependsOn(JobId id, DependencyPolicy ifFails) {
            dependencyPolicies = with(dependencyPolicies, id, ifFails);
            return dependsOn(id);
        }

        /**
         * Adds a specification of the same call whose job must finish before this one starts, and says what becomes of this one when
         * that one ends badly.
         *
         * @param dependency its {@link #name(String) name}
         * @param ifFails the policy for it alone; at most 100 dependencies have one
         */
        public Builder dependsOn(String dependency, DependencyPolicy ifFails) {
            dependencyNamePolicies = with(dependencyNamePolicies, dependency, ifFails);
            return dependsOn(dependency);
        }

        /**
         * Sets what becomes of the job when a dependency ends badly that has no policy of its own; by default it
         * fails, and an end job runs.
         */
        public Builder ifDependencyFails(DependencyPolicy policy) {
            ifDependencyFails = policy;
            return this;
        }

        /**
         * Limits one run; by default {@code default.timeout.seconds}.
         *
         * @param limit 1 s to 86,400 s
         */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /**
         * Sets how many more attempts follow a first that fails; by default {@code default.max.retries}.
         *
         * @param retries 0 (none) to 10
         */
        public Builder maxRetries(int retries) {
            maxRetries = retries;
            return this;
        }

        /**
         * Sets the earliest start; by default the job may start at once.
         *
         * @param instant the earliest start
         */
        public Builder notBefore(Instant instant) {
            notBefore = instant;
            return this;
        }

        /**
         * Gives the job up if it waits or is queued at that time, also between two attempts; what runs then may end. By
         * default it never expires.
         *
         * @param instant later than now
         */
        public Builder expires(Instant instant) {
            expires = instant;
            return this;
        }

        /**
         * Gives the job up at that time unless it has ended: what waits or is queued fails, and what runs is told to end, as at its
         * timeout, and fails. By default there is none.
         *
         * @param instant later than now
         */
        public Builder deadline(Instant instant) {
            deadline = instant;
            return this;
        }

        /**
         * Makes the job unique among the submitter's jobs that are not final: submitting the key again meanwhile gives
         * the id of the first.
         *
         * @param unique 1 to 200 characters
         */
        public Builder key(String unique) {
            key = unique;
            return this;
        }

        /**
         * Says what becomes of the submit if its key is taken; by default the answer is the earlier job.
         *
         * @param policy what it does
         */
        public Builder keyPolicy(KeyPolicy policy) {
            keyPolicy = policy;
            return this;
        }

        /** Adds a mark of the submitter's own. */
        public Builder label(String label, String value) {
            labels = with(labels, label, value);
            return this;
        }

        /**
         * Makes the job one of a group of its submitter, so that they can be found and counted together, and ended by one job.
         *
         * @param groupName 1 to 200 of the characters A-Z a-z 0-9 . _ -; the first job of a group makes it
         */
        public Builder group(String groupName) {
            group = groupName;
            return this;
        }

        /**
         * Makes the job the end job of a group: it depends on all jobs that the group has when it is stored, those of the same call too,
         * and closes the group, which gets no further job. It starts when they are over, whatever came of them, unless {@link
         * #ifDependencyFails} says otherwise.
         *
         * @param groupName a group of the same submitter with 1 to 20,000 jobs and without an end job
         */
        public Builder endsGroup(String groupName) {
            endsGroup = groupName;
            return this;
        }

        /**
         * Narrows the versions of the handler; by default the highest there is.
         *
         * @param range an OSGi version range, such as {@code [1.2,2)}
         */
        public Builder handlerVersion(String range) {
            handlerVersion = range;
            return this;
        }

        /**
         * Names limits the job draws on, beside those of its handler. It waits while one of them is shut.
         *
         * @param names names of {@code io.jobyard.limits-NAME} configurations, at most 10
         */
        public Builder limits(String... names) {
            limits = with(limits, List.of(names));
            return this;
        }

        /**
         * Says how many places of a limit's {@code running.max} the job takes while it runs: all of them at once, together with
         * all else that it needs, or none. It draws on that limit. The estimate has them as the unit {@code slots.NAME}.
         *
         * @param limit the name of a limit
         * @param positions how many; at least 1
         */
        public Builder slots(String limit, int positions) {
            return estimate("slots." + limit, positions);
        }

        /**
         * Says how much of a unit a run is expected to use. That is taken from all limits of the job that count the
         * unit, together or not at all, before it starts; {@code JobContext.used} settles the difference.
         *
         * @param unit the unit, such as {@code tokens}; {@code requests} is 1 unless said otherwise, all others are 0
         * @param amount how much; not negative
         */
        public Builder estimate(String unit, double amount) {
            estimate = with(estimate, unit, amount);
            return this;
        }

        /**
         * Ends the specification. The builder may be used on.
         *
         * @return an immutable specification
         */
        public JobSpecification build() {
            return new JobSpecification(new Builder(this));
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
}
