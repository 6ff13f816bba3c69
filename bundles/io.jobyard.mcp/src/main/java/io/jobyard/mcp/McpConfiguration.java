// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Wait times of tool calls. */
@ObjectClassDefinition(
        name = "Jobyard MCP",
        description = "Times for which a tool call of the Model Context Protocol (MCP) waits for its job.")
@interface McpConfiguration {

    @AttributeDefinition(
            name = "task.after.seconds",
            description =
                    "Seconds that a call waits for its job, for clients that support tasks (0–600). After this time,"
                            + " the client gets a task instead of the result. A change takes effect at the next call.",
            min = "0",
            max = "600")
    int task_after_seconds() default McpSettings.TASK_AFTER;

    @AttributeDefinition(
            name = "answer.within.seconds",
            description = "Seconds that a call waits for its job, for clients without support for tasks (1–600). After"
                    + " this time, the client gets the job's ID. Many clients give up after 60 seconds. A change takes"
                    + " effect at the next call.",
            min = "1",
            max = "600")
    int answer_within_seconds() default McpSettings.ANSWER_WITHIN;
}
