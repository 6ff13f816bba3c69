// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.api.Job;
import java.util.Map;

/** What the call of a tool came to. */
interface CallOutcome {

    /** There is a result, which may be an error. */
    record DoneCall(Map<String, Object> result) implements CallOutcome {}

    /** The job is stored and goes on: it is a task. */
    record Task(Job job) implements CallOutcome {}
}
