// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.PermanentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program and its arguments, with placeholders.
 *
 * @param texts the texts; the first is the program's path
 */
record CommandTemplate(List<String> texts) {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([A-Za-z0-9_]{1,64})}");
    private static final String FORM = "use a JSON array of texts, such as [\"/usr/bin/pandoc\", \"-f\", \"${from}\"]";
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static CommandTemplate parse(String json) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(json)) {
            if (!element.isTextual()) {
                throw new IllegalArgumentException(FORM);
            }
            texts.add(element.asText());
        }
        if (texts.isEmpty() || !texts.get(0).startsWith("/") || texts.get(0).contains("${")) {
            throw new IllegalArgumentException("the first text must be the absolute path of a program; " + FORM);
        }
        for (String text : texts) {
            if (text.indexOf('\0') >= 0 || PLACE.matcher(text).replaceAll("").contains("${")) {
                throw new IllegalArgumentException("write a placeholder as ${NAME}, with A-Z a-z 0-9 _");
            }
        }
        return new CommandTemplate(List.copyOf(texts));
    }

    private static JsonNode array(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isArray()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // rejected below, like JSON of another kind
        }
        throw new IllegalArgumentException(FORM);
    }

    /** Returns the names of the placeholders. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String text : texts) {
            Matcher position = PLACE.matcher(text);
            while (position.find()) {
                names.add(position.group(1));
            }
        }
        return names;
    }

    /**
     * Replaces the placeholders by values. Each text stays one argument, and a placeholder within a value is not
     * replaced.
     */
    List<String> filled(Map<String, String> values) {
        Set<String> names = names();
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(values.keySet());
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(names);
        if (!missing.isEmpty()) {
            throw new PermanentException("missing arguments: " + String.join(", ", missing));
        } else if (!unknown.isEmpty()) {
            throw new PermanentException("unknown arguments: " + String.join(", ", unknown)
                    + (names.isEmpty()
                            ? "; the command has no placeholders"
                            : "; use only " + String.join(", ", names)));
        }
        return texts.stream()
                .map(text -> PLACE.matcher(text)
                        .replaceAll(position -> Matcher.quoteReplacement(values.get(position.group(1)))))
                .toList();
    }
}
