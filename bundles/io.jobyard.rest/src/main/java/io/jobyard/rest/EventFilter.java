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
 * Which events a client is told: what is empty does not narrow.
 *
 * @param types types of jobs, one of which the job has
 * @param queues queues, in one of which the job was at that change
 * @param submitters submitters, one of whom asked for the job
 * @param labels labels that the job has now, all of them
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

    /** Those of some events, in their order. The labels of a job are read only for events that all else lets through. */
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
