// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which jobs a list is of, as arguments: each one text or a list of them, any of which a job has. */
final class ListFilter {

    private ListFilter() {}

    static Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "status",
                anyOf(
                        "Only jobs that stand so.",
                        Arrays.stream(JobStatus.values()).map(JobStatus::text).toList()));
        properties.put(
                "reason",
                anyOf(
                        "Only jobs with this reason beside their status.",
                        Arrays.stream(Reason.values()).map(Reason::text).toList()));
        properties.put("type", anyOf("Only jobs of this type.", List.of()));
        properties.put("queue", anyOf("Only jobs that stand in this queue.", List.of()));
        properties.put("submitter", anyOf("Only jobs that this user or bundle asked for.", List.of()));
        return properties;
    }

    private static Map<String, Object> anyOf(String meaning, List<String> known) {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("type", "string"));
        if (!known.isEmpty()) {
            one.put("enum", known);
        }
        return Map.of(
                "description",
                meaning + " Of a list, any of them.",
                "anyOf",
                List.of(one, Map.of("type", "array", "items", one, "maxItems", JobFilter.MAX_VALUES)));
    }

    static JobFilter of(ToolArguments arguments) {
        return JobFilter.ALL
                .withStatus(
                        arguments.texts("status").stream().map(JobStatus::of).toArray(JobStatus[]::new))
                .withReason(arguments.texts("reason").stream().map(Reason::of).toArray(Reason[]::new))
                .withType(arguments.texts("type").toArray(String[]::new))
                .withQueue(arguments.texts("queue").toArray(String[]::new))
                .withSubmitter(arguments.texts("submitter").toArray(String[]::new));
    }
}
