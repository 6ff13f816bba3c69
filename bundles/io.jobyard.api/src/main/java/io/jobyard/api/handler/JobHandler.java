// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of one job type. Register it as a service, preferably with {@link HandlesJob}:
 *
 * <pre>{@code
 * @Component
 * @HandlesJob("word_count")
 * public final class WordCount implements JobHandler {
 *     public Map<String, Object> handle(JobContext context) {
 *         String text = (String) context.payload().getOrDefault("text", "");
 *         return Map.of("words", text.isBlank() ? 0 : text.strip().split("\\s+").length);
 *     }
 * }
 * }</pre>
 *
 * <p>One instance serves many jobs, on several threads at once.
 */
@ConsumerType
@FunctionalInterface
public interface JobHandler {

    /**
     * Does the work. A job may run more than once (delivery is at least once): make a second run harmless, with {@link JobContext#run()} as
     * the idempotency key downstream where that helps.
     *
     * <p>The thread is interrupted when the job must end early; do not catch {@link InterruptedException}.
     *
     * @param context job, and access to its run
     * @return result, a JSON object: maps, lists, records, strings, numbers, booleans and nulls. A number that JSON cannot preserve fails
     * the job permanently (NaN, infinity, more digits than a double has, a whole number with more than 1,000 digits): return it as text
     * @throws PermanentException if another attempt would fail the same way
     * @throws RetryableException to set the time of the next attempt
     * @throws RateLimitedException if the provider named a time for the next call; does not count as an attempt
     * @throws SleepException to release the worker for a while; does not count as an attempt
     * @throws io.jobyard.api.StoreException if the host's store did not answer a call of the context; do not catch it. The job runs again
     * once the store answers, after 1 to 32 seconds; this does not count as an attempt
     * @throws Exception if this attempt failed; the host retries while attempts are left
     */
    Map<String, Object> handle(JobContext context) throws Exception;
}
