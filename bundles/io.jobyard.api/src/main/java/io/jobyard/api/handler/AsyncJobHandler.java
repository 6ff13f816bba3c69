// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of one job type without blocking a thread while it waits, for example for a server's answer. Register it as a service, with
 * {@link HandlesJob}, like a {@link JobHandler}:
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
 * <p>A run occupies one slot of {@code async.jobs} until the stage completes, and no slot of {@code worker.threads}. The run occupies a
 * thread only until {@link #handle} returns, so this method must not block.
 *
 * <p>One instance serves many jobs, on several threads at once.
 */
@ConsumerType
@FunctionalInterface
public interface AsyncJobHandler {

    /**
     * Begins the work. Until the stage completes, any thread may use the context, except {@link JobContext#step(Step)} and {@link
     * JobContext#steps}, which only the calling thread may use until this method returns. Each call counts as a heartbeat.
     *
     * <p>Call asynchronous steps and waits one after the other, and in the same order in every run; so call a wait in code that depends on
     * the earlier steps. A wait that ends the run throws {@link RunSuspended}, with which the stage must complete:
     *
     * <pre>{@code
     * return context.stepAsync(draft).thenCompose(text -> {
     *     Optional<Boolean> approved = context.signal("approved", Boolean.class, Duration.ofDays(7));
     *     return approved.orElse(false) ? send(context, text) : CompletableFuture.completedFuture(Map.of());
     * });
     * }</pre>
     *
     * <p>If the run must end early, code that depends on a step is interrupted. The stage is cancelled, if possible, unless steps are
     * cancelled in its place; and {@link JobContext#cancelled} is true. A stage that does not complete within {@code cancel.grace.seconds}
     * is abandoned, and the run gets its outcome without it.
     *
     * @param context job, and access to its run
     * @return stage that completes with the result as in {@link JobHandler#handle}, or with its exceptions
     * @throws Exception as in {@link JobHandler#handle}
     */
    CompletionStage<Map<String, Object>> handle(JobContext context) throws Exception;
}
