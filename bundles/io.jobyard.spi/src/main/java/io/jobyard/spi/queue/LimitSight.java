// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.Job;
import io.jobyard.api.JobChange;
import io.jobyard.api.LimitStatus;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.NamedLimit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the values of limits that a caller may see. The values of a limit with a {@code key} come from payloads and labels of jobs, so
 * a caller that may not see these sees no values. Checks the current roles at each call.
 */
public final class LimitSight {

    private static final String LABEL = "label.";

    private final Caller caller;
    private final Access access;
    private final HandlerCatalog handlers;
    private final Supplier<Map<String, String>> keys;

    /** @param keys location of each limit's values, from {@link QueueRules#limitKeys()} */
    public LimitSight(Caller caller, Access access, HandlerCatalog handlers, Supplier<Map<String, String>> keys) {
        this.caller = caller;
        this.access = access;
        this.handlers = handlers;
        this.keys = keys;
    }

    /** Returns whether the caller may see everything. */
    private boolean isFull() {
        return access.allows(caller, AccessRule.VIEW, false)
                && access.allows(caller, AccessRule.PAYLOAD, false)
                && handlers.typeRules().values().stream()
                        .allMatch(rules -> rules.hidden().paths().isEmpty());
    }

    /**
     * Returns whether the caller may see a value of a job at a location, {@code payload.PATH} or {@code label.NAME}; null for any location
     * in the payload.
     */
    public boolean sees(@Nullable String key, String submitter, String type) {
        if (submitter.equals(caller.name())) {
            return access.allows(caller, AccessRule.VIEW, true);
        }
        HiddenFields hidden =
                handlers.typeRules().getOrDefault(type, TypeRules.NONE).hidden();
        return access.allows(caller, AccessRule.VIEW, false)
                && (isLabel(key) || access.allows(caller, AccessRule.PAYLOAD, false) && !hides(hidden, key));
    }

    /** Returns whether the caller may see the value at a location for every submitter and type. */
    private boolean seesAll(@Nullable String key) {
        return access.allows(caller, AccessRule.VIEW, false)
                && (isLabel(key)
                        || access.allows(caller, AccessRule.PAYLOAD, false)
                                && handlers.typeRules().values().stream()
                                        .noneMatch(rules -> hides(rules.hidden(), key)));
    }

    private static boolean isLabel(@Nullable String key) {
        return key != null && key.startsWith(LABEL);
    }

    private static boolean hides(HiddenFields hidden, @Nullable String key) {
        return key == null ? hidden.concern(HiddenFields.PAYLOAD) : hidden.hides(key);
    }

    /** Returns a limit's name for a caller without further permissions, with {@value HiddenFields#INSTEAD} in place of a hidden value. */
    public String shown(String name) {
        NamedLimit limit = NamedLimit.parse(name);
        return !limit.hasValue() || seesAll(keys.get().get(limit.name()))
                ? name
                : limit.withValue(HiddenFields.INSTEAD);
    }

    /** Returns a job with the limits that the caller may see; the same job if nothing is hidden. */
    public Job shown(Job job) {
        List<String> limits = job.terms().demand().limits();
        List<String> shown = limits.stream().map(shownOf(job)).toList();
        return shown.equals(limits)
                ? job
                : new Job(
                        job.id(),
                        job.submitter(),
                        job.createdAt(),
                        new JobChange().limits(shown.toArray(String[]::new)).applyTo(job.terms()),
                        job.state());
    }

    /** Returns the blockers of a job, with {@value HiddenFields#INSTEAD} in place of values that the caller may not see. */
    public List<Blocker> shown(Job job, List<Blocker> blockers) {
        Function<String, String> shown = shownOf(job);
        return blockers.stream()
                .map(blocker -> {
                    String detail = blocker.detail();
                    for (String limit : job.terms().demand().limits()) {
                        detail = detail.replace(limit, shown.apply(limit));
                    }
                    return new Blocker(blocker.gate(), detail, blocker.until());
                })
                .toList();
    }

    private Function<String, String> shownOf(Job job) {
        return text -> {
            NamedLimit limit = NamedLimit.parse(text);
            return !limit.hasValue() || sees(keys.get().get(limit.name()), job.submitter(), job.type())
                    ? text
                    : limit.withValue(HiddenFields.INSTEAD);
        };
    }

    /** Returns all limits. The values of jobs are included only if the caller may see them. */
    public List<LimitStatus> limits(QueueQueries queue) {
        if (isFull()) {
            return queue.limits();
        }
        Set<String> seen = new HashSet<>();
        for (LaneKey lane : queue.lanesWithValues()) {
            for (String text : lane.limits()) {
                NamedLimit limit = NamedLimit.parse(text);
                if (limit.hasValue() && sees(keys.get().get(limit.name()), lane.submitter(), lane.type())) {
                    seen.add(text);
                }
            }
        }
        return queue.limits(value -> seen.contains(value)
                || seesAll(keys.get().get(NamedLimit.parse(value).name())));
    }
}
