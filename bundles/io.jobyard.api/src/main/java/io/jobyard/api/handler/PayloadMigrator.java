// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Converts a payload that was made for earlier versions of a handler to a later version. Register it as a service with {@link
 * MigratesJob}, preferably in the bundle of the handler that needs it. The host calls the migrator in each run of such a job on that
 * handler, and stores nothing: the job keeps the submitted payload.
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
     * Converts the payload to the later version.
     *
     * @param payload payload of the earlier version: a copy that may be changed and returned
     * @return a JSON object of at most {@code max.payload.bytes}
     * @throws Exception if the conversion is impossible: the job then fails permanently, and its error names this migrator
     */
    Map<String, Object> migrate(Map<String, Object> payload) throws Exception;
}
