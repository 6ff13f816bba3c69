// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function that a language model, or whoever acts for it, may ask for by name. Register it as a service, best with
 * {@link Tool}; a job of the type {@code llm_internal_tool} calls it, and its result is the job's:
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
 * <p>One instance serves many jobs, on several threads at once. Description and schema are all that a model needs to be
 * told about the tool: any bundle may look the services up and offer them.
 */
@ConsumerType
public interface LlmTool {

    /**
     * What the tool does and what it returns, for a model that has to choose.
     *
     * @return a sentence or a few
     */
    String description();

    /**
     * Which parameters {@link #call} takes. The schema describes; the call itself checks.
     *
     * @return a JSON Schema (draft 2020-12) of an object, as JSON; unless overridden one that says nothing about it
     */
    default String parametersSchema() {
        return "{\"type\":\"object\"}";
    }

    /**
     * Does the work. A job may be run more than once: make a second call harmless.
     *
     * <p>The thread is interrupted when the job is to end early; let {@link InterruptedException} pass.
     *
     * @param parameters what the job gave
     * @param context the job's run: says how far the work is, and whether it is to end
     * @return the job's result, a JSON object
     * @throws PermanentException if another attempt would fail the same way; {@link InvalidParameterException} if the
     *     parameters are why
     * @throws RetryableException to say when the next attempt makes sense
     * @throws RateLimitedException if the other side said when to come back; not charged as an attempt
     * @throws Exception if this attempt failed; the host tries again while attempts are left
     */
    Map<String, Object> call(ToolParameters parameters, JobContext context) throws Exception;
}
