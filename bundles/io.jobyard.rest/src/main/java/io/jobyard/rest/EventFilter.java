// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobEvent;
import io.jobyard.api.JobId;
import io.jobyard.operations.api.Inputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Filter for the events that a client receives. An empty set or map matches everything.
 *
 * @param types job types; the job has one of them
 * @param queues queues; the job was in one of them at that change
 * @param submitters submitters; one of them submitted the job
 * @param labels labels; the job has all of them now
 */
record EventFilter(Set<String> types, Set<String> queues, Set<String> submitters, Map<String, String> labels) {

    static EventFilter of(Inputs inputs) {
        Map<String, String> labels = new HashMap<>();
        inputs.textsByName("label").forEach((name, value) -> labels.put(name, String.valueOf(value)));
        return new EventFilter(
                Set.copyOf(inputs.texts("type")),
                Set.copyOf(inputs.texts("queue")),
                Set.copyOf(inputs.texts("submitter")),
                labels);
    }

    /** Returns the matching events in their order. Reads the labels of a job only for events that match everything else. */
    List<EventRing.RingEntry> of(List<EventRing.RingEntry> some, Function<JobId, Map<String, String>> labelsOf) {
        Map<JobId, Map<String, String>> read = new HashMap<>();
        return some.stream()
                .filter(entry -> fits(entry.event()))
                .filter(entry -> labels.isEmpty()
                        || read.computeIfAbsent(entry.event().job(), labelsOf)
                                .entrySet()
                                .containsAll(labels.entrySet()))
                .toList();
    }

    private boolean fits(JobEvent event) {
        return (types.isEmpty() || types.contains(event.type()))
                && (queues.isEmpty() || event.queue() != null && queues.contains(event.queue()))
                && (submitters.isEmpty() || submitters.contains(event.submitter()));
    }
}
