// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.pending;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;

/** Waits without a thread until its stage is cancelled. */
@Component
@HandlesJob("pending")
public final class Pending implements AsyncJobHandler {

    @Override
    public CompletionStage<Map<String, Object>> handle(JobContext context) {
        return new CompletableFuture<>();
    }
}
