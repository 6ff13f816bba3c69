// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * New values for a job that has not started. Values that are not set remain. The new values are checked like those of a {@link
 * JobSpecification} when the change is made.
 *
 * <pre>{@code
 * manager.change(id, new JobChange().priority(1).queue("urgent"))
 * }</pre>
 *
 * <p>Not safe for use by several threads. You can use it for several jobs.
 */
public final class JobChange {

    private @Nullable Integer priority;
    private boolean changesQueue;
    private @Nullable String queue;
    private boolean changesNotBefore;
    private @Nullable Instant notBefore;
    private @Nullable Duration timeout;
    private @Nullable Set<String> limits;
    private final TreeMap<String, Optional<String>> labels = new TreeMap<>();
    private @Nullable Job read;

    /** Creates an empty change. */
    public JobChange() {}

    /**
     * Sets the priority.
     *
     * @param level 1 for the highest priority
     */
    public JobChange priority(int level) {
        priority = level;
        return this;
    }

    /**
     * Sets the queue.
     *
     * @param name name of the queue; null to route the job by its type
     */
    public JobChange queue(@Nullable String name) {
        changesQueue = true;
        queue = name;
        return this;
    }

    /**
     * Sets the earliest start. A queued job waits if this time is in the future. The delay before the next attempt remains; the later time
     * applies.
     *
     * @param instant earliest start; null or a past time means immediately
     */
    public JobChange notBefore(@Nullable Instant instant) {
        changesNotBefore = true;
        notBefore = instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
        return this;
    }

    /**
     * Sets or removes a label. Other labels remain.
     *
     * @param value value of the label; null to remove the label
     */
    public JobChange label(String label, @Nullable String value) {
        labels.put(label, Optional.ofNullable(value));
        return this;
    }

    /**
     * Sets the limits that the job uses in addition to those of its handler; replaces the previous ones.
     *
     * @param names names of {@code io.jobyard.limits-NAME} configurations, at most 10; may be empty
     */
    public JobChange limits(String... names) {
        limits = Collections.unmodifiableSet(new TreeSet<>(List.of(names)));
        return this;
    }

    /**
     * Sets the timeout of a run.
     *
     * @param longest timeout, 1 second to 1 day
     */
    public JobChange timeout(Duration longest) {
        timeout = longest;
        return this;
    }

    /**
     * Makes the change only if the job has not changed since it was read. The check and the change are one step: if two callers change the
     * job at the same moment, one of them gets {@link JobChangedException}. Bulk operations ignore this setting.
     */
    public JobChange onlyIf(Job seen) {
        read = seen;
        return this;
    }

    /** {@return whether the change may be made; false if it requires an unchanged job, and the job has changed} */
    public boolean fits(Job now) {
        return read == null || withoutValues(read).equals(withoutValues(now));
    }

    /**
     * Returns the limit names in the history without values, because values come from the payload and the labels, which not every reader
     * may see.
     */
    private static Job withoutValues(Job job) {
        String[] names = job.terms().demand().limits().stream()
                .map(text -> text.split("=", 2)[0])
                .toArray(String[]::new);
        return new Job(
                job.id(),
                job.submitter(),
                job.createdAt(),
                new JobChange().limits(names).applyTo(job.terms()),
                job.state());
    }

    /**
     * Returns the new values by the names of a specification. Null marks a value to remove.
     *
     * @return whole numbers, texts, instants, durations, lists of texts, and a map of texts for the labels
     */
    public Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (priority != null) {
            values.put("priority", priority);
        }
        if (changesQueue) {
            values.put("queue", queue);
        }
        if (changesNotBefore) {
            values.put("notBefore", notBefore);
        }
        if (timeout != null) {
            values.put("timeout", timeout);
        }
        if (limits != null) {
            values.put("limits", List.copyOf(limits));
        }
        if (!labels.isEmpty()) {
            Map<String, @Nullable String> marks = new LinkedHashMap<>();
            labels.forEach((label, value) -> marks.put(label, value.orElse(null)));
            values.put("labels", marks);
        }
        return values;
    }

    /** {@return whether no new value is set} */
    public boolean isEmpty() {
        return values().isEmpty();
    }

    /**
     * Returns the job's terms after the change.
     *
     * @param terms terms before the change; not modified
     * @return new terms, unchecked; the same terms if the change has no effect on them
     */
    public JobTerms applyTo(JobTerms terms) {
        TreeMap<String, String> marks = new TreeMap<>(terms.identity().labels());
        labels.forEach(
                (label, value) -> value.ifPresentOrElse(text -> marks.put(label, text), () -> marks.remove(label)));
        JobTerms.Identity identity = terms.identity();
        return new JobTerms(
                terms.type(),
                new JobTerms.RoutingTerms(
                        changesQueue ? queue : terms.routing().queue(),
                        priority == null ? terms.routing().priority() : priority,
                        terms.routing().handlerVersion()),
                timeout == null
                        ? terms.runs()
                        : new JobTerms.RunRules(timeout, terms.runs().maxRetries()),
                terms.dependencies(),
                changesNotBefore
                        ? new JobTerms.JobTimes(
                                notBefore,
                                terms.times().expires(),
                                terms.times().deadline())
                        : terms.times(),
                new JobTerms.Identity(
                        identity.key(),
                        identity.keyUntil(),
                        marks,
                        identity.fire(),
                        identity.group(),
                        identity.endsGroup()),
                limits == null
                        ? terms.demand()
                        : new JobTerms.JobDemand(
                                List.copyOf(limits), terms.demand().estimate()));
    }
}
