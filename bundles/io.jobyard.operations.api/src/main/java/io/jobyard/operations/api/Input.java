// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Input of an operation. Immutable.
 *
 * @param name its name in JSON, in queries and, with hyphens, as an option
 * @param meaning a noun phrase or sentence for documents and help, with the default if there is one
 * @param required whether a call without it is refused
 * @param nullable whether null is a distinct value; otherwise null counts as not given
 * @param bounds further keywords of its JSON Schema: {@code minimum}, {@code maximum}, {@code enum}, {@code default}
 */
public record Input(
        String name, InputType type, String meaning, boolean required, boolean nullable, Map<String, Object> bounds) {

    public Input {
        bounds = Map.copyOf(bounds);
    }

    /** Creates an optional input. */
    public static Input of(String name, InputType type, String meaning) {
        return new Input(name, type, meaning, false, false, Map.of());
    }

    /** Creates an optional text. */
    public static Input text(String name, String meaning) {
        return of(name, InputType.TEXT, meaning);
    }

    /** Creates an optional whole number from {@code least} to {@code most}. */
    public static Input whole(String name, String meaning, long least, long most) {
        return of(name, InputType.WHOLE, meaning).with("minimum", least).with("maximum", most);
    }

    /** Returns this input as a required input. */
    public Input mandatory() {
        return new Input(name, type, meaning, true, nullable, bounds);
    }

    /** Returns this input with null as a distinct value. */
    public Input mayBeNull() {
        return new Input(name, type, meaning, required, true, bounds);
    }

    /** Returns this input with its default, for documents; the action applies the default. */
    public Input byDefault(Object value) {
        return with("default", value);
    }

    /** Returns this input with the allowed words for its value or for each of its values. The action refuses other words. */
    public Input among(List<String> words) {
        return with("enum", words);
    }

    private Input with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(bounds);
        more.put(key, value);
        return new Input(name, type, meaning, required, nullable, more);
    }

    /** Returns the JSON Schema with the meaning as its description. */
    public Map<String, Object> schema() {
        Map<String, Object> schema = type.schema();
        if (type == InputType.TEXTS && bounds.containsKey("enum")) {
            schema.put("items", Map.of("type", "string", "enum", bounds.get("enum")));
        } else {
            schema.putAll(new TreeMap<>(bounds));
        }
        Object otherwise = bounds.get("default");
        boolean hasOneType = schema.get("type") instanceof String;
        if (otherwise != null && !hasOneType) {
            schema.remove("default"); // generated clients do not support a default for a value of several types
        }
        if (nullable) {
            schema.computeIfPresent("type", (key, one) -> List.of(one, "null"));
        }
        schema.put("description", otherwise == null || hasOneType ? meaning : meaning + "; default: " + otherwise);
        return schema;
    }

    /** Returns the meaning with an article, as a part of a sentence. */
    String definite() {
        String words = meaning.isEmpty() ? name : meaning;
        return words.matches("(?:the|an?) .*") ? words : "the " + words;
    }

    /** Throws if a value other than null has the wrong type or is out of range. */
    void check(@Nullable Object value) {
        if (value == null) {
            return;
        }
        String fault = type.fault(value);
        if (fault != null) {
            String shown = value instanceof String text ? " = '" + text + "'" : "";
            throw new ValidationException(FieldProblem.path("", name), name + shown + " " + fault);
        }
        if (value instanceof Number number && bounds.get("minimum") instanceof Long least) {
            long most = (Long) bounds.getOrDefault("maximum", Long.MAX_VALUE);
            if (number.longValue() < least || number.longValue() > most) {
                throw new ValidationException(
                        name,
                        name + " = " + number + " is out of range; use " + least
                                + (most == Long.MAX_VALUE ? " or more" : " to " + most));
            }
        }
    }
}
