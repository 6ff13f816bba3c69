// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.settings.api.SettingsReader;
import java.time.Duration;

/**
 * Checked values of {@code io.jobyard.mcp}.
 *
 * @param taskAfter how long a call waits for its job before it becomes a task
 * @param answerWithin how long a call waits for its job if the client does not support tasks
 */
record McpSettings(Duration taskAfter, Duration answerWithin) {

    static final String PID = "io.jobyard.mcp";
    static final int TASK_AFTER = 10;
    static final int ANSWER_WITHIN = 50;
    static final int LONGEST = 600;

    static McpSettings read(SettingsReader reader) {
        return new McpSettings(
                Duration.ofSeconds(reader.integer("task.after.seconds", TASK_AFTER, 0, LONGEST)),
                Duration.ofSeconds(reader.integer("answer.within.seconds", ANSWER_WITHIN, 1, LONGEST)));
    }

    @Override
    public String toString() {
        return "task.after.seconds = " + taskAfter.toSeconds() + ", answer.within.seconds = "
                + answerWithin.toSeconds();
    }
}
