// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Job that is submitted. Each method returns a future, which fails if the submit fails. Cancelling an await does not cancel
 * the submit or the job.
 *
 * <pre>{@code
 * ReportResult report = jobs.submit(REPORT, new ReportInput("2030-01")).result().join();
 * }</pre>
 *
 * @param <R> the class of the result
 */
public final class JobHandle<R> {

    private final CompletableFuture<RemoteSubmission> submission;
    private final Function<String, CompletableFuture<RemoteJob>> ends;
    private final Class<R> resultClass;

    JobHandle(
            CompletableFuture<JsonNode> stored,
            Function<String, CompletableFuture<RemoteJob>> ends,
            Class<R> resultClass) {
        submission = Chained.map(stored, RemoteSubmission::new);
        this.ends = ends;
        this.resultClass = resultClass;
    }

    /**
     * Returns the answer to the submit.
     *
     * @return the stored job, or your unfinished job with the same key; cancelling the future ends the request, and the
     *     job may be stored or not
     */
    public CompletableFuture<RemoteSubmission> submission() {
        return submission;
    }

    /**
     * Returns the job's id as soon as the job is stored.
     *
     * @return the id
     */
    public CompletableFuture<String> id() {
        return Chained.after(submission, stored -> CompletableFuture.completedFuture(stored.id()));
    }

    /**
     * Waits for the end of the job, even during a restart of the host.
     *
     * @return the job after its end, whatever its status; cancelling the future ends only this await
     */
    public CompletableFuture<RemoteJob> await() {
        return Chained.after(submission, stored -> ends.apply(stored.id()));
    }

    /**
     * Waits for the result of the job, as {@link JobyardClient#result} does.
     *
     * @return the result; cancelling the future ends only this await
     */
    public CompletableFuture<R> result() {
        return Chained.map(await(), job -> job.required(resultClass));
    }
}
