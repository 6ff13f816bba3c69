// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import java.util.Map;

/** Outcome of a tool call. */
interface CallOutcome {

    /** A result, which may be an error. */
    record DoneCall(Map<String, Object> result) implements CallOutcome {}

    /** The job is stored and not finished: the call became a task. */
    record Task(Job job) implements CallOutcome {}
}
