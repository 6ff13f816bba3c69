// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Inputs;
import io.jobyard.views.api.StateWords;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Inputs that select jobs. */
final class JobSelection {

    private static final String TIME = "an instant such as 2027-01-31T08:00:00Z, or how long ago, such as 2h";
    private static final String ANY = "; of several, any";

    static final List<Input> INPUTS = List.of(
            Input.of("status", InputType.TEXTS, "only jobs with this status" + ANY)
                    .among(StateWords.of(JobStatus.values(), JobStatus::text)),
            Input.of("reason", InputType.TEXTS, "only jobs with this reason of their status" + ANY)
                    .among(StateWords.of(Reason.values(), Reason::text)),
            Input.of("type", InputType.TEXTS, "only jobs of this type" + ANY),
            Input.of("queue", InputType.TEXTS, "only jobs in this queue" + ANY),
            Input.of("submitter", InputType.TEXTS, "only jobs of this user or bundle" + ANY),
            Input.of("label", InputType.TEXTS_BY_NAME, "only jobs with this label, NAME=VALUE; of several, all"),
            Input.of("since", InputType.TIME, "only jobs created then or later: " + TIME),
            Input.of("until", InputType.TIME, "only jobs created before: " + TIME),
            Input.text("error", "only jobs whose error contains this"),
            Input.text("schedule", "only jobs that this schedule made"),
            Input.text("group", "only jobs of this group"));

    private JobSelection() {}

    static JobFilter of(Inputs inputs) {
        Map<String, String> labels = new TreeMap<>();
        inputs.textsByName("label").forEach((name, value) -> Inputs.ifGiven(value, it -> labels.put(name, it)));
        return new JobFilter(
                new JobFilter.StateFilter(
                        Inputs.in("status", () -> several(inputs.texts("status"), JobStatus::of)),
                        Inputs.in("reason", () -> several(inputs.texts("reason"), Reason::of)),
                        inputs.text("error")),
                Set.copyOf(inputs.texts("type")),
                Set.copyOf(inputs.texts("queue")),
                Set.copyOf(inputs.texts("submitter")),
                labels,
                inputs.text("schedule"),
                inputs.text("group"),
                new JobFilter.CreatedRange(inputs.past("since"), inputs.past("until")));
    }

    private static <T> Set<T> several(List<String> texts, Function<String, T> of) {
        return texts.stream().map(of).collect(Collectors.toSet());
    }
}
