// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Wait times of tool calls. */
@ObjectClassDefinition(
        name = "Jobyard MCP",
        description = "How long a call of a tool waits for its job, by the Model Context Protocol.")
@interface McpConfiguration {

    @AttributeDefinition(
            name = "task.after.seconds",
            description =
                    "Seconds that a call waits for its job before the client gets a task in place of the result, 0 to 600."
                            + " For clients that know tasks. Asked at each call.",
            min = "0",
            max = "600")
    int task_after_seconds() default McpSettings.TASK_AFTER;

    @AttributeDefinition(
            name = "answer.within.seconds",
            description =
                    "Seconds that a call waits for its job if the client knows no tasks, 1 to 600; then it is told the job's id."
                            + " Many clients give up after 60. Asked at each call.",
            min = "1",
            max = "600")
    int answer_within_seconds() default McpSettings.ANSWER_WITHIN;
}
