// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

/** Whether the call of a tool may be answered with a task. */
enum TaskUse {
    /** The client knows no tasks. */
    NEVER,
    /** If the job is not over soon. */
    IF_LONG,
    /** The client asked for one. */
    AT_ONCE
}
