// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of one job type without holding a thread while it waits, as for a server's answer. Register it as a service, with {@link
 * HandlesJob}, like a {@link JobHandler}:
 *
 * <pre>{@code
 * @Component
 * @HandlesJob("summarize")
 * public final class Summarize implements AsyncJobHandler {
 *     public CompletionStage<Map<String, Object>> handle(JobContext context) {
 *         return client.sendAsync(request(context.payload()), BodyHandlers.ofString())
 *                 .thenApply(answer -> Map.of("summary", answer.body()));
 *     }
 * }
 * }</pre>
 *
 * <p>Its run takes one of the places that {@code worker.threads} counts until the stage completes, so there are never more runs at the same
 * time than with a {@link JobHandler}; a thread it takes only until {@link #handle} returns.
 *
 * <p>One instance serves many jobs, on several threads at once.
 */
@ConsumerType
@FunctionalInterface
public interface AsyncJobHandler {

    /**
     * Begins the work. Steps and waits of the context are for the calling thread until this returns; all else of the context may be used
     * by any thread until the stage completes, and each call is a sign of life.
     *
     * <p>When the run is to end early the stage is cancelled, if it can be, and {@link JobContext#cancelled} is true; a stage that does not
     * complete within {@code cancel.grace.seconds} is left to itself, and the run has its outcome without it.
     *
     * @param context the job, and the way to tell about the work
     * @return completes with the result as of {@link JobHandler#handle}, or with what that would throw
     * @throws Exception as of {@link JobHandler#handle}
     */
    CompletionStage<Map<String, Object>> handle(JobContext context) throws Exception;
}
