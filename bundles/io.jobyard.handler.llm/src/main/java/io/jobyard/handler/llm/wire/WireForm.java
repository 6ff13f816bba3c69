// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Form of a provider's requests and answers. Stateless. */
public interface WireForm {

    /** Name of the tool, or of the schema, through which a model returns an answer with a schema. */
    String ANSWER = "answer";

    /** Returns the name in configurations. */
    String name();

    /** Path of conversations, relative to the endpoint's URL. */
    String chatPath();

    /** Returns the headers; null for no key. */
    Map<String, String> headers(@Nullable String key);

    /**
     * Makes the body of a call.
     *
     * @param query what is asked
     * @param model as the provider names it
     * @param maxTokens of the answer
     */
    ObjectNode chat(ModelQuery query, String model, int maxTokens);

    /**
     * Adds an event of a stream.
     *
     * @throws BadAnswerException if it is none of this form
     * @throws ProviderFailedException if it says that the provider failed
     */
    void add(ServerSentEvent event, PartialAnswer answer);

    /**
     * Adds a whole answer.
     *
     * @throws BadAnswerException if it is none of this form
     */
    void add(JsonNode body, PartialAnswer answer);
}
