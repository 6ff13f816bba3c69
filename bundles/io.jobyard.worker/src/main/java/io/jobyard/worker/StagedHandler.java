// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Adapter for a handler whose work continues without the thread. It passes the handler's stage to the run. */
record StagedHandler(AsyncJobHandler service) implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        ((RunContext) context).goesOnWith(required(service.handle(context)));
        return Map.of();
    }

    /** Returns the stage of a handler, which may be null in spite of its contract. */
    static <T> CompletionStage<T> required(@Nullable CompletionStage<T> stage) {
        if (stage == null) {
            throw new PermanentException(
                    "the handler returned null: return a stage, for example CompletableFuture.completedFuture(Map.of())");
        }
        return stage;
    }
}
