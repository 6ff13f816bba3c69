// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function that a language model, or its caller, can call by name. Register it as a service, preferably with {@link
 * Tool}. A job of the type {@code llm_internal_tool} calls it and returns its result:
 *
 * <pre>{@code
 * @Component
 * @Tool("reverse")
 * public final class Reverse implements LlmTool {
 *     public String description() {
 *         return "Reverses a text.";
 *     }
 *
 *     public Map<String, Object> call(ToolParameters parameters, JobContext context) {
 *         return Map.of("text", new StringBuilder(parameters.text("text")).reverse().toString());
 *     }
 * }
 * }</pre>
 *
 * <p>One instance serves many jobs, on several threads at once. The description and the schema are all that a model
 * needs to know about the tool: any bundle may look up the services and offer them.
 */
@ConsumerType
public interface LlmTool {

    /** Describes the tool and its result in a few sentences, for a model that has to choose a tool. */
    String description();

    /**
     * Returns a JSON Schema (draft 2020-12) of the object of parameters of {@link #call}; by default one that accepts any object. The
     * schema only describes them; the call itself checks them.
     */
    default String parametersSchema() {
        return "{\"type\":\"object\"}";
    }

    /**
     * Runs the tool. A job may run more than once, so a second call must be harmless.
     *
     * <p>The thread is interrupted when the job must end early; let {@link InterruptedException} pass.
     *
     * @param parameters the parameters in the job's payload
     * @param context the job's run, for progress reports and cancellation
     * @return the job's result, a JSON object
     * @throws PermanentException if another attempt would fail the same way; {@link InvalidParameterException} if a
     *     parameter is invalid
     * @throws RetryableException to set the time of the next attempt
     * @throws RateLimitedException if the remote side set the time of the next attempt; does not count as an attempt
     * @throws Exception if this attempt failed; the host retries the job while it has attempts left
     */
    Map<String, Object> call(ToolParameters parameters, JobContext context) throws Exception;
}
