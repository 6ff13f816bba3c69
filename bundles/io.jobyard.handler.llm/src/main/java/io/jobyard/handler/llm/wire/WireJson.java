// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** Reader and writer of JSON in both formats. */
public final class WireJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WireJson() {}

    /** Writes maps, lists, texts and numbers as JSON. */
    public static String text(Object value) {
        return tree(value).toString();
    }

    /** Converts JSON to maps, lists, texts and numbers. */
    public static Object plain(JsonNode json) {
        return JSON.convertValue(json, Object.class);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    static void texts(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }

    /** Returns whether a text is a complete object. */
    public static boolean isObject(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json != null && json.isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns the data of an event, which must be an object. */
    static JsonNode event(String data) {
        try {
            JsonNode event = JSON.readTree(data);
            if (event != null && event.isObject()) {
                return event;
            }
        } catch (JsonProcessingException e) {
            // the parser's message would quote the received text
        }
        throw new BadAnswerException("an event of the stream is not a JSON object");
    }

    /** Reads the arguments that a model wrote; an empty object if they are invalid. */
    static JsonNode arguments(String json) {
        try {
            JsonNode arguments = JSON.readTree(json);
            return arguments != null && arguments.isObject() ? arguments : object();
        } catch (JsonProcessingException e) {
            return object();
        }
    }
}
