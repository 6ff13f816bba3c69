// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.worker.typed.TypedClasses;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Adapter for an asynchronous handler with classes for its payload and its result. */
record TypedStages(TypedAsyncJobHandler<Object, ?> typed, TypedClasses classes) implements AsyncJobHandler {

    @Override
    public CompletionStage<Map<String, Object>> handle(JobContext context) throws Exception {
        Object payload = ((RunContext) context).payload(classes.payload());
        return converted(StagedHandler.required(typed.handle(payload, context)), context);
    }

    /** Returns a future that cancels the handler's stage when it is cancelled, which a dependent stage would not do. */
    private CompletableFuture<Map<String, Object>> converted(CompletionStage<?> stage, JobContext context) {
        CompletableFuture<Map<String, Object>> converted = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                return stage.toCompletableFuture().cancel(mayInterrupt);
            }
        };
        stage.whenComplete((value, fault) -> {
            if (fault != null) {
                converted.completeExceptionally(fault);
                return;
            }
            try {
                converted.complete(TypedHandler.result(context, classes, value));
            } catch (Throwable e) { // the value cannot be written, or users' code failed while it was written
                converted.completeExceptionally(e);
            }
        });
        return converted;
    }
}
