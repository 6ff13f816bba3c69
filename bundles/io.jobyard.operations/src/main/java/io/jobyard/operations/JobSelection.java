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

    private static final String TIME =
            "an instant such as 2027-01-31T08:00:00Z, a time of day such as 18:30, or an age such as 2h";

    static final List<Input> INPUTS = List.of(
            Input.of("status", InputType.TEXTS, "only jobs with one of these statuses")
                    .among(StateWords.of(JobStatus.values(), JobStatus::text)),
            Input.of("reason", InputType.TEXTS, "only jobs with one of these reasons, such as rate limited")
                    .among(StateWords.of(Reason.values(), Reason::text)),
            Input.of("type", InputType.TEXTS, "only jobs of one of these types"),
            Input.of("queue", InputType.TEXTS, "only jobs in one of these queues"),
            Input.of("submitter", InputType.TEXTS, "only jobs submitted by one of these users or bundles"),
            Input.of("label", InputType.TEXTS_BY_NAME, "only jobs with all of these labels, NAME=VALUE"),
            Input.of("since", InputType.TIME, "only jobs created at or after this time: " + TIME),
            Input.of("until", InputType.TIME, "only jobs created before this time, in the form of since"),
            Input.text(
                    "error",
                    "only jobs whose error contains this text, case-sensitive; an error begins with the exception class"),
            Input.text("schedule", "only jobs of this schedule"),
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
