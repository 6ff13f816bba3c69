// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which jobs are meant, in a query or in a body. */
final class JobSelection {

    private static final String TIME = "an instant such as 2027-01-31T08:00:00Z, or how long ago, such as 2h";

    private static final String ANY = "; given several times, any of them";
    private static final String LABEL = "label";

    static final List<QueryParameter> QUERY = List.of(
            QueryParameter.texts(
                    "status", "only these: waiting, queued, running, completed, failed or cancelled" + ANY),
            QueryParameter.texts(
                    "reason", "only jobs with this reason beside their status, such as retry or timeout" + ANY),
            QueryParameter.texts("type", "only jobs of this type" + ANY),
            QueryParameter.texts("queue", "only jobs that stand in this queue" + ANY),
            QueryParameter.texts("submitter", "only jobs this user or bundle asked for" + ANY),
            QueryParameter.texts(LABEL, "only jobs with this label, NAME=VALUE; given several times, with all of them"),
            QueryParameter.text("since", "only jobs created then or later: " + TIME),
            QueryParameter.text("until", "only jobs created before"),
            QueryParameter.text("error", "only jobs whose error contains this"),
            QueryParameter.text("schedule", "only jobs that this schedule made"),
            QueryParameter.text("group", "only jobs of this group"));

    static RequestBody in(RequestBody body) {
        RequestBody all = body;
        for (QueryParameter each : QUERY) {
            if (each.name().equals(LABEL)) {
                all = all.may("labels", ValueKind.OBJECT, "only jobs with all of these labels");
            } else if (each.kind() == ValueKind.TEXTS) {
                all = all.may(
                        each.name(), ValueKind.TEXT_OR_TEXTS, each.meaning().replace(ANY, "; of a list, any of them"));
            } else {
                all = all.may(each.name(), each.kind(), each.meaning());
            }
        }
        return all;
    }

    private JobSelection() {}

    static JobFilter of(RequestQuery query) {
        return new JobFilter(
                new JobFilter.StateFilter(
                        RestBody.in("status", () -> several(query.texts("status"), JobStatus::of)),
                        RestBody.in("reason", () -> several(query.texts("reason"), Reason::of)),
                        query.text("error")),
                Set.copyOf(query.texts("type")),
                Set.copyOf(query.texts("queue")),
                Set.copyOf(query.texts("submitter")),
                labels(query.texts(LABEL)),
                query.text("schedule"),
                query.text("group"),
                new JobFilter.CreatedRange(query.past("since"), query.past("until")));
    }

    static JobFilter of(RestBody body) {
        Map<String, String> labels = new TreeMap<>();
        body.marks("labels").forEach((name, value) -> {
            if (value != null) {
                labels.put(name, value);
            }
        });
        return new JobFilter(
                new JobFilter.StateFilter(
                        RestBody.in("status", () -> several(body.texts("status"), JobStatus::of)),
                        RestBody.in("reason", () -> several(body.texts("reason"), Reason::of)),
                        body.text("error")),
                Set.copyOf(body.texts("type")),
                Set.copyOf(body.texts("queue")),
                Set.copyOf(body.texts("submitter")),
                labels,
                body.text("schedule"),
                body.text("group"),
                new JobFilter.CreatedRange(body.past("since"), body.past("until")));
    }

    private static <T> Set<T> several(List<String> texts, Function<String, T> of) {
        return texts.stream().map(of).collect(Collectors.toSet());
    }

    static Map<String, String> labels(List<String> pairs) {
        Map<String, String> labels = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new ValidationException(
                        LABEL, "label = '" + pair + "' is no label and value; write it NAME=VALUE");
            }
            labels.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return labels;
    }
}
