// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunInput;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handler that calls the tool {@code tool_name} with {@code parameters} and returns the tool's result. */
@Component
@HandlesJob(
        value = LlmInternalTool.TYPE,
        timeout = 600,
        description = "Calls a tool that a bundle of this host provides for language models, by tool_name and with "
                + "parameters, and returns the tool's result.")
public final class LlmInternalTool implements JobHandler {

    static final String TYPE = "llm_internal_tool";

    private final ToolRegistry tools;

    @Activate
    public LlmInternalTool(@Reference ToolRegistry tools) {
        this.tools = tools;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        String name = required(context, "tool_name", String.class, "a string");
        Map<?, ?> given = required(context, "parameters", Map.class, "an object");
        Map<String, Object> parameters = new LinkedHashMap<>();
        given.forEach((key, value) -> parameters.put((String) key, value));
        return tools.offer(name).call(parameters, context);
    }

    private static <T> T required(RunInput context, String property, Class<T> type, String kind) {
        Object value = context.payload().get(property);
        if (value == null) {
            throw new PermanentException(property + " is required for " + TYPE + " jobs");
        }
        if (!type.isInstance(value)) {
            throw new PermanentException(property + " must be " + kind + " for " + TYPE + " jobs, but is " + value);
        }
        return type.cast(value);
    }
}
