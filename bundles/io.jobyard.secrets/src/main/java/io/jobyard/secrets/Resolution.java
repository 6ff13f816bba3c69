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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One payload with its references resolved, and the way back: from a text to one that refers again. For one run. */
final class Resolution {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})}");

    private final SecretFiles files;
    private final Map<String, String> secrets = new LinkedHashMap<>();

    Resolution(SecretFiles files) {
        this.files = files;
    }

    /** Whether the payload referred to any. */
    boolean isNeeded() {
        return !secrets.isEmpty();
    }

    /**
     * The same with each text that is a reference, and nothing else, replaced by its secret. Within a longer text a
     * reference is none: who writes a document that jobs pass on must not get at secrets by it.
     */
    Map<String, Object> resolve(Map<String, Object> payload) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        payload.forEach((key, value) -> resolved.put(key, value(value)));
        return resolved;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return resolve((Map<String, Object>) map); // of JSON: its keys are texts
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            list.forEach(element -> resolved.add(value(element)));
            return resolved;
        }
        if (value instanceof String text) {
            Matcher reference = REFERENCE.matcher(text);
            return reference.matches() ? secrets.computeIfAbsent(reference.group(1), files::read) : text;
        }
        return value;
    }

    /** As it is, within a URL, and within JSON. */
    private static List<String> forms(String secret) {
        return List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
    }

    /** Each secret as the reference to it; the longest first, for one may be within another. */
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
