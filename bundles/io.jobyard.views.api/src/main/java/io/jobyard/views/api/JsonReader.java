// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.json.JsonNumbers;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parser of JSON input that reports the position of an error. */
public final class JsonReader {

    /** The largest {@code max.payload.bytes} that can be configured: no text in an object may be longer. */
    public static final int MAX_BYTES = 67_108_864;

    private static final int MAX_DEPTH = 500;

    private static final String OBJECT_EXAMPLE = "a JSON object such as {\"text\": \"hello\"}";

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonReader() {}

    /**
     * Parses an object.
     *
     * @param what names the text in an error message, for example "the payload"
     * @return maps, lists, texts, numbers, truth values and nulls
     * @throws ValidationException if the text is not a JSON object, or exceeds a limit
     */
    public static Map<String, Object> object(String what, String text) {
        return readObject(what, text, JsonReader::inLines);
    }

    /**
     * Parses a value.
     *
     * @param what names the text in an error message, for example "the value"
     * @return maps, lists, texts, numbers, truth values and nulls
     * @throws ValidationException if the text is not JSON, or exceeds a limit
     */
    public static @Nullable Object value(String what, String text) {
        JsonNode node = read(what, text, "a JSON value such as true or {\"by\": \"ann\"}", JsonReader::inLines);
        return MAPPER.convertValue(node, Object.class);
    }

    /**
     * Parses an object on one of several lines.
     *
     * @param where names the line in an error message, for example "line 3 of jobs.jsonl"
     * @return maps, lists, texts, numbers, truth values and nulls
     * @throws ValidationException if the text is not a JSON object, or exceeds a limit
     */
    public static Map<String, Object> line(String where, String text) {
        return readObject(where, text, at -> " at column " + at.getColumnNr());
    }

    private static Map<String, Object> readObject(String what, String text, Function<JsonLocation, String> position) {
        JsonNode node = read(what, text, OBJECT_EXAMPLE, position);
        if (!node.isObject()) {
            throw new ValidationException(what + " is " + kind(node) + "; give " + OBJECT_EXAMPLE);
        }
        return MAPPER.convertValue(node, OBJECT);
    }

    private static JsonNode read(String what, String text, String example, Function<JsonLocation, String> position) {
        if (text.isBlank()) {
            throw new ValidationException(what + " is empty; give " + example);
        }
        JsonNumbers.problem(text).ifPresent(number -> {
            throw new ValidationException(what + " " + number);
        });
        try (JsonParser parser = MAPPER.createParser(text)) {
            return MAPPER.readTree(parser);
        } catch (StreamConstraintsException e) {
            throw new ValidationException(what + " exceeds a limit of the parser: " + limit(e) + at(e, position));
        } catch (JsonProcessingException e) {
            throw new ValidationException(what + " is not JSON" + at(e, position) + ": " + fault(e));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String inLines(JsonLocation at) {
        return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String kind(JsonNode node) {
        String kind = node.getNodeType().name().toLowerCase(Locale.ROOT);
        return node.isNull() ? "null" : node.isArray() ? "an array" : "a " + kind;
    }

    private static String at(JsonProcessingException fault, Function<JsonLocation, String> position) {
        return fault.getLocation() == null ? "" : position.apply(fault.getLocation());
    }

    private static String limit(StreamConstraintsException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.contains("nesting") ? "it has more than " + MAX_DEPTH + " levels" : message;
    }

    /** Returns the parser's message without its hints for programmers. */
    private static String fault(JsonProcessingException e) {
        String line = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
        return line.replaceAll(" \\(start marker at .*| \\(code \\d+\\)", "")
                .replaceFirst("^Unrecognized token '(.*)': .*", "'$1' is not a JSON value; put a text in double quotes")
                .replaceFirst("^Trailing token.*", "text after its end");
    }
}
