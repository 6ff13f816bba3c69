// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of one job type. Register it as a service, best with {@link HandlesJob}:
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
     * Does the work. A job may be run more than once (delivery is at least once): make a second run harmless, with
     * {@link JobContext#run()} as the key downstream where that helps.
     *
     * <p>The thread is interrupted when the job is to end early; let {@link InterruptedException} pass.
     *
     * @param context the job, and the way to tell about the work
     * @return the result, a JSON object: maps, lists, records, strings, numbers, booleans and nulls. A number that does
     *     not keep its value as JSON (NaN, infinity, more digits than a double has, a whole number of more than 1,000)
     *     fails the job for good: return it as text
     * @throws PermanentException if another attempt would fail the same way
     * @throws RetryableException to say when the next attempt makes sense
     * @throws RateLimitedException if the other side said when to come back; not charged as an attempt
     * @throws SleepException to give the worker back for a while; not charged as an attempt
     * @throws io.jobyard.api.StoreException if the host's store did not answer, as calls of the context throw it: let it
     *     pass. The job runs again once the store answers, after 1 to 32 seconds; not charged as an attempt
     * @throws Exception if this attempt failed; the host tries again while attempts are left
     */
    Map<String, Object> handle(JobContext context) throws Exception;
}
