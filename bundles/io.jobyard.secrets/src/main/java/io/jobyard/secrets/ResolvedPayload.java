// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Replaces references in a payload by secrets. Used for one run. */
final class ResolvedPayload {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:(" + SecretFiles.NAME + ")}");

    private final BinaryOperator<String> source;
    private final Set<String> marked;
    private final List<String> texts = new ArrayList<>();

    /**
     * {@code source} returns a secret by its name and position, or throws; {@code marked} contains the JSON pointers of
     * the fields that may have secrets.
     */
    ResolvedPayload(BinaryOperator<String> source, Set<String> marked) {
        this.source = source;
        this.marked = Set.copyOf(marked);
    }

    /** Returns whether the value contains a reference. Most payloads do not. */
    static boolean isNeededFor(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(ResolvedPayload::isNeededFor);
        } else if (value instanceof List<?> list) {
            return list.stream().anyMatch(ResolvedPayload::isNeededFor);
        }
        return value instanceof String text && REFERENCE.matcher(text).matches();
    }

    /** Returns the text at a JSON pointer; empty without a text. */
    static String text(Map<String, Object> payload, String pointer) {
        Object value = payload;
        for (String key : pointer.substring(1).split("/", -1)) {
            value = value instanceof Map<?, ?> map
                    ? map.get(key.replace("~1", "/").replace("~0", "~"))
                    : null;
        }
        return value instanceof String text ? text : "";
    }

    /**
     * Returns the payload with each text in a marked field that is exactly one reference replaced by its secret. A
     * reference within a longer text is not replaced: otherwise, the author of a document that jobs pass on could read
     * secrets.
     */
    Map<String, Object> resolve(Map<String, Object> payload) {
        return object(payload, "");
    }

    /** Returns the references that were not resolved, each with its position. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    private Map<String, Object> object(Map<String, Object> object, String position) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        object.forEach((key, value) -> resolved.put(
                key, value(value, position + "/" + key.replace("~", "~0").replace("/", "~1"))));
        return resolved;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object value(@Nullable Object value, String position) {
        if (value instanceof Map<?, ?> map) {
            return object((Map<String, Object>) map, position); // parsed from JSON: the keys are texts
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            list.forEach(element -> resolved.add(value(element, position + "/" + resolved.size())));
            return resolved;
        }
        return value instanceof String text ? text(text, position) : value;
    }

    private String text(String text, String position) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return text;
        }
        if (!marked.contains(position)) {
            texts.add(text + " at " + position);
            return text;
        }
        return source.apply(reference.group(1), position);
    }
}
