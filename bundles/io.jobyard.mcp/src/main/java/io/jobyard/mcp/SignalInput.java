// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobStep;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.JsonReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signal that a job waits for, as a request for user input. */
final class SignalInput {

    private static final String VALUE = "value";

    private SignalInput() {}

    /** Returns the request. The handler's signal type is unknown, so the input is a text, which may be JSON. */
    static Map<String, Object> request(Job job, JobStep step) {
        return Map.of(
                "method",
                "elicitation/create",
                "params",
                Map.of(
                        "mode",
                        "form",
                        "message",
                        "job " + job.id() + " of type " + job.type() + " waits for the signal " + name(step),
                        "requestedSchema",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(
                                        VALUE,
                                        Map.of(
                                                "type",
                                                "string",
                                                "title",
                                                name(step),
                                                "description",
                                                "Value of the signal, a text or JSON. Default: true.")),
                                "required",
                                List.of())));
    }

    /** Sends the signal if the user accepted. If the user declined, the job continues to wait. */
    static void answer(JobManager jobs, Job job, JobStep step, @Nullable Object response) {
        Map<String, Object> given = Values.object(response);
        if ("accept".equals(given.get("action"))) {
            jobs.signal(job.id(), name(step), value(Values.object(given.get("content"))));
        }
    }

    private static Object value(Map<String, Object> content) {
        Object value = content.get(VALUE);
        if (content.size() > 1 || !content.isEmpty() && !(value instanceof String)) {
            return content;
        }
        return value == null || value.toString().isBlank() ? Boolean.TRUE : read(value.toString());
    }

    private static Object read(String text) {
        try {
            Object json = JsonReader.value("the value", text);
            return json == null ? text : json;
        } catch (ValidationException e) {
            return text;
        }
    }

    /** Returns the signal's name. The step's name contains it, and a number from the second wait on. */
    private static String name(JobStep step) {
        return step.name().split(" ")[1];
    }
}
