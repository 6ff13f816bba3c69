// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

/** Whether a tool call may be answered with a task. */
enum TaskUse {
    /** The client does not support tasks. */
    NEVER,
    /** Answers with a task if the job does not finish soon. */
    IF_LONG,
    /** The client requested a task. */
    AT_ONCE
}
