// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A payload with its references resolved, and a way to put references back into texts. For one run. */
final class ResolvedPayload {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})}");

    private final Function<String, String> source;
    private final Set<String> marked;
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** {@code source} gives a secret by its name, or throws; {@code marked} has the JSON pointers of fields for secrets. */
    ResolvedPayload(Function<String, String> source, Set<String> marked) {
        this.source = source;
        this.marked = Set.copyOf(marked);
    }

    /** Whether the value contains any reference: most payloads do not. */
    static boolean isNeededFor(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(ResolvedPayload::isNeededFor);
        } else if (value instanceof List<?> list) {
            return list.stream().anyMatch(ResolvedPayload::isNeededFor);
        }
        return value instanceof String text && REFERENCE.matcher(text).matches();
    }

    /** Whether the payload got any. */
    boolean gotAny() {
        return !secrets.isEmpty();
    }

    /**
     * The same with each text in a place that may have one, that is a reference and nothing else, replaced by its secret.
     * Within a longer text a reference is none: who writes a document that jobs pass on must not get at secrets by it.
     */
    Map<String, Object> resolve(Map<String, Object> payload) {
        return object(payload, "");
    }

    /** The references that were not resolved, each with its place. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    private Map<String, Object> object(Map<String, Object> object, String place) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        object.forEach((key, value) -> resolved.put(
                key, value(value, place + "/" + key.replace("~", "~0").replace("/", "~1"))));
        return resolved;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object value(@Nullable Object value, String place) {
        if (value instanceof Map<?, ?> map) {
            return object((Map<String, Object>) map, place); // of JSON: its keys are texts
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            list.forEach(element -> resolved.add(value(element, place + "/" + resolved.size())));
            return resolved;
        }
        return value instanceof String text ? text(text, place) : value;
    }

    private String text(String text, String place) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return text;
        }
        if (!marked.contains(place)) {
            texts.add(text + " at " + place);
            return text;
        }
        return secrets.computeIfAbsent(reference.group(1), source);
    }

    /** The secret plain, as in a URL, and as in JSON. */
    private static List<String> forms(String secret) {
        return List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
    }

    /** Replaces each secret by its reference, the longest first: one may contain another. */
    String redact(String text) {
        String redacted = text;
        for (Map.Entry<String, String> secret : secrets.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().length()))
                .toList()) {
            String reference = "${secret:" + secret.getKey() + "}";
            for (String form : forms(secret.getValue())) {
                redacted = redacted.replace(form, reference);
            }
        }
        return redacted;
    }
}
