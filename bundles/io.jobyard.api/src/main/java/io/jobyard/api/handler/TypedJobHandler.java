// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Does the work of one job type, with classes for its payload and its result, preferably records. Register it as a service, with {@link
 * HandlesJob}, like a {@link JobHandler}:
 *
 * <pre>{@code
 * @Component
 * @HandlesJob("word_count")
 * public final class WordCount implements TypedJobHandler<WordCount.Text, WordCount.Count> {
 *     public record Text(@Field(description = "text to count") String text) {}
 *     public record Count(int words) {}
 *
 *     public Count handle(Text payload, JobContext context) {
 *         return new Count(payload.text().isBlank() ? 0 : payload.text().strip().split("\\s+").length);
 *     }
 * }
 * }</pre>
 *
 * <p>The host derives the JSON Schemas of the payload and of the result from these classes when the handler is deployed, and refuses a
 * handler whose classes have no schema. The files {@code OSGI-INF/jobs/TYPE.schema.json} and {@code TYPE.result.schema.json} in the bundle
 * take precedence. Implement this interface in a class, not in a lambda, whose type parameters are unknown at run time.
 *
 * <p>One instance serves many jobs, on several threads at once.
 *
 * @param <P> class of the payload: a record, a class that Jackson reads, or a map
 * @param <R> class of the result: a record, a class that Jackson writes, a map, or {@link Void} for an empty result
 */
@ConsumerType
@FunctionalInterface
public interface TypedJobHandler<P, R extends @Nullable Object> {

    /**
     * Does the work, like {@link JobHandler#handle}.
     *
     * @param payload payload of the job, which matches the schema
     * @param context job, and access to its run
     * @return result, which is written as a JSON object; null only for {@link Void}
     * @throws Exception as in {@link JobHandler#handle}
     */
    R handle(P payload, JobContext context) throws Exception;
}
