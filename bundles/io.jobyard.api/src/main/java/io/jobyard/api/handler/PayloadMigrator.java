// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes of a payload that was made for earlier versions of a handler one for a later version. Register it as a service with
 * {@link MigratesJob}, best in the bundle of the handler that needs it. The host calls it when such a job starts on that
 * handler, in each run anew, and stores nothing of it: the job keeps the payload with which it was submitted.
 *
 * <pre>{@code
 * @Component
 * @MigratesJob(type = "word_count", from = "[1,2)", to = "2.0.0")
 * public final class TextsInAList implements PayloadMigrator {
 *     public Map<String, Object> migrate(Map<String, Object> payload) {
 *         payload.put("texts", List.of(payload.remove("text")));
 *         return payload;
 *     }
 * }
 * }</pre>
 *
 * <p>One instance serves many runs, on several threads at once. Its time counts as the handler's.
 */
@ConsumerType
@FunctionalInterface
public interface PayloadMigrator {

    /**
     * Makes the payload for the later version.
     *
     * @param payload the one before: a copy that may be changed and given back
     * @return a JSON object of at most {@code max.payload.bytes}
     * @throws Exception if it cannot be done: the job then fails for good, and names this migrator
     */
    Map<String, Object> migrate(Map<String, Object> payload) throws Exception;
}
