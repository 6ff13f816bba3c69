// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.caller;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobManager;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Submits a job as the bundle that it is in, and says whether it might. */
@Component
@HandlesJob("call")
public final class Caller implements JobHandler {

    private final JobManager jobs;

    @Activate
    public Caller(@Reference JobManager jobs) {
        this.jobs = jobs;
    }

    @Override
    public Map<String, Object> handle(JobContext context) {
        try {
            jobs.submit(JobSpecification.type("echo").payload(Map.of()).build());
            return Map.of("may", true);
        } catch (AccessException e) {
            return Map.of("may", false);
        }
    }
}
