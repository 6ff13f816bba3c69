// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.OfferedTool;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.AnswerSchema;
import io.jobyard.handler.llm.wire.ToolDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tools of a task: their description for a model, and their calls. */
final class AgentTools {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ToolRegistry registry;
    private final List<String> names;

    AgentTools(ToolRegistry registry, List<String> names) {
        this.registry = registry;
        this.names = names;
    }

    List<String> names() {
        return names;
    }

    /** Returns the tools for the model. Before the first turn, an unavailable tool is an error of the task. */
    List<ToolDefinition> definitions(boolean isFirst) {
        return definitions(names.stream().map(name -> isFirst ? registry.offer(name) : registry.offerAgain(name)));
    }

    /** Returns the available tools. */
    List<ToolDefinition> known() {
        return definitions(names.stream().flatMap(name -> registry.find(name).stream()));
    }

    private static List<ToolDefinition> definitions(Stream<OfferedTool> offers) {
        return offers.map(offer -> new ToolDefinition(offer.name(), offer.tool().description(), schema(offer)))
                .toList();
    }

    OfferedTool offer(String name) {
        return registry.offerAgain(name);
    }

    /**
     * Reads the arguments that the model wrote.
     *
     * @throws MisfitException if the tool does not accept them; the message contains the location
     */
    static Map<String, Object> arguments(OfferedTool offer, String written) throws MisfitException {
        String text = written.isBlank() ? "{}" : written;
        AnswerSchema.CheckedAnswer checked =
                AnswerSchema.of(schemaOf(offer), schema(offer)).check(text);
        JsonNode json = checked.json();
        if (!checked.fits()) {
            throw new MisfitException(String.join("; ", checked.problems()));
        }
        if (json == null || !json.isObject()) {
            throw new MisfitException("they are not a JSON object");
        }
        return JSON.convertValue(json, OBJECT);
    }

    private static Map<String, Object> schema(OfferedTool offer) {
        try {
            return JSON.readValue(offer.tool().parametersSchema(), OBJECT);
        } catch (JsonProcessingException e) {
            throw new PermanentException(schemaOf(offer) + " is not a JSON object");
        }
    }

    private static String schemaOf(OfferedTool offer) {
        return "the parameter schema of tool " + offer.name();
    }

    /** Thrown if arguments do not match the tool's schema. */
    static final class MisfitException extends Exception {
        private static final long serialVersionUID = 1L;

        MisfitException(String message) {
            super("Invalid arguments: " + message);
        }
    }
}
