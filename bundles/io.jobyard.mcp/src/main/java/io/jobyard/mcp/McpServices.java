// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.store.IdempotentSubmission;

/**
 * What the host offers.
 *
 * @param jobs submits and changes jobs, for callers
 * @param reporters tells of them, to callers
 * @param tools the job types as tools
 * @param once submits once what is asked for repeatedly
 * @param listening who is told of what changes
 * @param waits the calls that wait for their jobs
 */
record McpServices(
        JobManagers jobs,
        StatusReporters reporters,
        ToolCatalog tools,
        IdempotentSubmission once,
        Subscriptions listening,
        TaskWaits waits) {}
