// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Adapter for a handler whose work continues without the thread. It passes the handler's stage to the run. */
record StagedHandler(AsyncJobHandler service) implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        CompletionStage<Map<String, Object>> stage = service.handle(context);
        if (stage == null) {
            throw new PermanentException(
                    "the handler returned null: return a stage, for example CompletableFuture.completedFuture(Map.of())");
        }
        ((RunContext) context).goesOnWith(stage);
        return Map.of();
    }
}
