// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Format of a provider's requests and answers. Stateless. */
public interface WireForm {

    /** Name of the tool, or of the schema, through which a model returns an answer with a schema. */
    String ANSWER = "answer";

    /** Returns the name in configurations. */
    String name();

    /** Returns the path of conversations, relative to the endpoint's URL. */
    String chatPath();

    /** Returns the headers; null for no key. */
    Map<String, String> headers(@Nullable String key);

    /**
     * Returns the body of a call.
     *
     * @param query query to send
     * @param model name that the provider uses
     * @param maxTokens maximum length of the answer
     */
    ObjectNode chat(ModelQuery query, String model, int maxTokens);

    /**
     * Adds an event of a stream.
     *
     * @throws BadAnswerException if the event does not match this format
     * @throws ProviderFailedException if the event reports a failure of the provider
     */
    void add(ServerSentEvent event, PartialAnswer answer);

    /**
     * Adds a complete answer.
     *
     * @throws BadAnswerException if the answer does not match this format
     */
    void add(JsonNode body, PartialAnswer answer);
}
