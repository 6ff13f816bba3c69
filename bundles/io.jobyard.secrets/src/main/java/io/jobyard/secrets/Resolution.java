// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
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

    /** The same with each reference, also within a longer text, replaced by its secret. */
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
        return value instanceof String text ? REFERENCE.matcher(text).replaceAll(this::secret) : value;
    }

    private String secret(MatchResult reference) {
        return Matcher.quoteReplacement(secrets.computeIfAbsent(reference.group(1), files::read));
    }

    /** Each secret as the reference to it; the longest first, for one may be within another. */
    String redact(String text) {
        String redacted = text;
        for (Map.Entry<String, String> secret : secrets.entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getValue().length()))
                .toList()) {
            String reference = "${secret:" + secret.getKey() + "}";
            String encoded = URLEncoder.encode(secret.getValue(), StandardCharsets.UTF_8);
            redacted = redacted.replace(secret.getValue(), reference).replace(encoded, reference);
        }
        return redacted;
    }
}
