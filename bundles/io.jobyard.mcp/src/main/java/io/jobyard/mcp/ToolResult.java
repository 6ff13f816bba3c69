// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Explanation;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobResult;
import io.jobyard.api.JobStatus;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.JsonWriter;
import io.jobyard.views.api.RequestFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results of tool calls: the same content as text for models and as JSON for programs. */
final class ToolResult {

    private static final String META = "_meta";
    private static final String CONTENT = "content";
    private static final String STRUCTURED = "structuredContent";
    private static final Set<String> BLOCKS = Set.of("text", "image", "audio", "resource", "resource_link");
    /** Metadata of a result: the id of the job that produced it. */
    static final String JOB = "io.jobyard/job";

    private ToolResult() {}

    static Map<String, Object> of(Map<String, @Nullable Object> json) {
        return result(JsonWriter.compact(json), json, false);
    }

    /** Reports an invalid or failed call. A model reads the reason, and may correct the call. */
    static Map<String, Object> error(RequestFault fault) {
        return result(fault.line(), ErrorView.ERROR.json(fault), true);
    }

    /**
     * Returns the result of a finished job. With a schema, a result in the protocol's own form also includes the original value, because
     * clients validate it.
     */
    static Map<String, Object> of(JobResult job, boolean hasSchema) {
        Map<String, Object> value = job.result();
        Map<String, Object> result;
        if (job.status() == JobStatus.COMPLETED && value == null) {
            result = result(
                    "job " + job.id() + " is completed, but you may not see its result",
                    Map.of("id", job.id().toString(), "status", job.status().text()),
                    false);
        } else if (value != null) {
            result = value.keySet().equals(Set.of(CONTENT)) && isContent(value.get(CONTENT))
                    ? content(value, hasSchema)
                    : result(JsonWriter.compact(value), value, false);
        } else {
            result = result(ending(job), JobView.RESULT.json(job), true);
        }
        result.put(META, Map.of(JOB, job.id().toString()));
        return result;
    }

    private static Map<String, Object> content(Map<String, Object> value, boolean hasSchema) {
        return hasSchema ? Values.joined(value, Map.of(STRUCTURED, value)) : new LinkedHashMap<>(value);
    }

    /** Returns whether a handler has returned content in the protocol's own form, for example with images. */
    private static boolean isContent(@Nullable Object value) {
        return value instanceof List<?> blocks
                && !blocks.isEmpty()
                && blocks.stream()
                        .allMatch(block -> BLOCKS.contains(
                                String.valueOf(Values.object(block).get("type"))));
    }

    static String ending(JobResult job) {
        String how = "job " + job.id() + " " + (job.status() == JobStatus.CANCELLED ? "was cancelled" : "failed");
        return job.error() == null ? how : how + ": " + job.error();
    }

    /** Returns the answer for an unfinished job, for a client that does not support tasks. */
    static Map<String, Object> goesOn(Job job, Explanation explanation) {
        String text = "job " + job.id() + " is stored and continues: " + TaskView.why(explanation)
                + ". Do not submit it again. " + OperationTools.EXPLAIN + " returns its progress, "
                + OperationTools.RESULT + " returns its result once it is finished.";
        Map<String, Object> result = result(
                text, Map.of("id", job.id().toString(), "status", job.status().text()), false);
        result.put(META, Map.of(JOB, job.id().toString()));
        return result;
    }

    /** Returns the result for a stored job whose end the caller cannot see. */
    static Map<String, Object> stored(JobId job, String why) {
        Map<String, Object> result = result(
                "job " + job + " is stored and continues, but its result cannot be returned: " + why
                        + ". Do not submit it again.",
                Map.of("id", job.toString(), "status", "stored"),
                false);
        result.put(META, Map.of(JOB, job.toString()));
        return result;
    }

    private static Map<String, Object> result(String text, Map<String, ?> json, boolean isError) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(CONTENT, List.of(Map.of("type", "text", "text", text)));
        result.put(STRUCTURED, json);
        if (isError) {
            result.put("isError", true);
        }
        return result;
    }
}
