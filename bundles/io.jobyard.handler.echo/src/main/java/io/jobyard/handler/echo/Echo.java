// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.echo;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Returns its payload. */
@Component
@HandlesJob(
        value = "echo",
        description = "Returns its payload. Changes nothing.",
        effects = {HandlesJob.READS_ONLY, HandlesJob.REPEATABLE, HandlesJob.INSIDE})
public final class Echo implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        return context.payload();
    }
}
