// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.SleepException;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.Tool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Constants;

/** Tool with its name. If several tools have the same name, the tool that is used sorts first. */
public record OfferedTool(String name, int ranking, long serviceId, LlmTool tool, ToolThreads calls)
        implements Comparable<OfferedTool> {

    private static final Comparator<OfferedTool> ORDER = Comparator.comparing(OfferedTool::name)
            .thenComparing(OfferedTool::ranking, Comparator.reverseOrder())
            .thenComparing(OfferedTool::serviceId);

    static OfferedTool of(LlmTool tool, Map<String, Object> properties) {
        Object name = properties.get(Tool.NAME);
        if (!(name instanceof String text) || !text.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("invalid service property " + Tool.NAME + " = " + name
                    + ": use 1 to 64 of the characters A-Z a-z 0-9 _ -");
        }
        int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
        Long id = (Long) Objects.requireNonNull(properties.get(Constants.SERVICE_ID));
        return new OfferedTool(text, ranking, id, tool, new ToolThreads());
    }

    /**
     * Calls the tool on this thread.
     *
     * @param parameters parameters of the call
     * @param context context of the run
     * @return result of the tool
     * @throws SleepException if the tool has been removed with its bundle meanwhile
     * @throws Exception exception of the tool
     */
    public Map<String, Object> call(Map<String, Object> parameters, JobContext context) throws Exception {
        try {
            return calls.call(() -> withItsLoader(new ToolParameters(name, parameters), context));
        } catch (ToolThreads.LeftException e) {
            throw new SleepException("tool " + name + " was removed with its bundle", ToolRegistry.UPDATE_TAKES);
        }
    }

    /** Calls the tool with its own context class loader, because its libraries may look up classes there, as a handler's libraries may. */
    private Map<String, Object> withItsLoader(ToolParameters parameters, JobContext context) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(tool.getClass().getClassLoader());
        try {
            return tool.call(parameters, context);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public int compareTo(OfferedTool other) {
        return ORDER.compare(this, other);
    }
}
