// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.store.IdempotentSubmission;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Services of the host that the protocol uses.
 *
 * @param jobs submits and changes jobs on behalf of callers
 * @param reporters reports on jobs to callers
 * @param tools the job types as tools
 * @param once submits a repeated request only once
 * @param listening the clients that receive change notifications
 * @param waits the calls that wait for their jobs
 */
@Component(service = McpServices.class)
public record McpServices(
        JobManagers jobs,
        StatusReporters reporters,
        ToolCatalog tools,
        IdempotentSubmission once,
        Subscriptions listening,
        TaskWaits waits) {

    @Activate
    public McpServices(
            @Reference JobManagers jobs,
            @Reference StatusReporters reporters,
            @Reference ToolCatalog tools,
            @Reference IdempotentSubmission once,
            @Reference Subscriptions listening,
            @Reference TaskWaits waits) {
        this.jobs = jobs;
        this.reporters = reporters;
        this.tools = tools;
        this.once = once;
        this.listening = listening;
        this.waits = waits;
    }
}
