// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of one job type without blocking a thread, like an {@link AsyncJobHandler}, with classes for its payload and its result,
 * like a {@link TypedJobHandler}.
 *
 * @param <P> class of the payload
 * @param <R> class of the result
 */
@ConsumerType
@FunctionalInterface
public interface TypedAsyncJobHandler<P, R extends @Nullable Object> {

    /**
     * Begins the work, like {@link AsyncJobHandler#handle}.
     *
     * @param payload payload of the job, which matches the schema
     * @param context job, and access to its run
     * @return stage that completes with the result as in {@link TypedJobHandler#handle}, or with its exceptions
     * @throws Exception as in {@link JobHandler#handle}
     */
    CompletionStage<R> handle(P payload, JobContext context) throws Exception;
}
