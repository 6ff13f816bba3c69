// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.api.ValidationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which jobs are meant, in a query or in a body. */
final class JobSelection {

    private static final String TIME = "an instant such as 2027-01-31T08:00:00Z, or how long ago, such as 2h";

    static final List<QueryParameter> QUERY = List.of(
            QueryParameter.text("status", "only these: waiting, queued, running, completed, failed or cancelled"),
            QueryParameter.text("reason", "only jobs with this reason beside their status, such as retry or timeout"),
            QueryParameter.text("type", "only jobs of this type"),
            QueryParameter.text("queue", "only jobs that stand in this queue"),
            QueryParameter.text("submitter", "only jobs this user or bundle asked for"),
            new QueryParameter(
                    "label",
                    ValueKind.TEXTS,
                    "only jobs with this label, NAME=VALUE; given several times, with all of them",
                    false),
            QueryParameter.text("since", "only jobs created then or later: " + TIME),
            QueryParameter.text("until", "only jobs created before"),
            QueryParameter.text("error", "only jobs whose error contains this"),
            QueryParameter.text("schedule", "only jobs that this schedule made"),
            QueryParameter.text("group", "only jobs of this group"));

    static RequestBody in(RequestBody body) {
        RequestBody all = body;
        for (QueryParameter each : QUERY) {
            all = each.kind() == ValueKind.TEXTS
                    ? all.may("labels", ValueKind.OBJECT, "only jobs with all of these labels")
                    : all.may(each.name(), each.kind(), each.meaning());
        }
        return all;
    }

    private JobSelection() {}

    static JobFilter of(RequestQuery query) {
        return new JobFilter(
                status(query.text("status")),
                reason(query.text("reason")),
                query.text("type"),
                query.text("queue"),
                query.text("submitter"),
                labels(query.texts("label")),
                query.past("since"),
                query.past("until"),
                query.text("error"),
                query.text("schedule"),
                query.text("group"));
    }

    static JobFilter of(RestBody body) {
        Map<String, String> labels = new TreeMap<>();
        body.marks("labels").forEach((name, value) -> {
            if (value != null) {
                labels.put(name, value);
            }
        });
        return new JobFilter(
                status(body.text("status")),
                reason(body.text("reason")),
                body.text("type"),
                body.text("queue"),
                body.text("submitter"),
                labels,
                body.past("since"),
                body.past("until"),
                body.text("error"),
                body.text("schedule"),
                body.text("group"));
    }

    private static @Nullable JobStatus status(@Nullable String text) {
        return text == null ? null : JobStatus.of(text);
    }

    private static @Nullable Reason reason(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String words = text.replace('-', ' ');
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.text().equals(words))
                .findFirst()
                .orElseThrow(() -> new ValidationException("there is no reason '" + text + "'; use one of "
                        + Arrays.stream(Reason.values()).map(Reason::text).collect(Collectors.joining(", "))));
    }

    static Map<String, String> labels(List<String> pairs) {
        Map<String, String> labels = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new ValidationException("label = '" + pair + "' is no label and value; write it NAME=VALUE");
            }
            labels.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return labels;
    }
}
