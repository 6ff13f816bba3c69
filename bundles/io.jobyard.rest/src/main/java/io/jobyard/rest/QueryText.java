// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts the query of a request to JSON, according to the types of the inputs. */
final class QueryText {

    /** Matches an unencoded plus sign of a UTC offset, which a query decodes to a blank. */
    private static final Pattern PLUS = Pattern.compile("(?<=T[0-9:.]{5,20}) (?=[0-9]{2}:?[0-9]{0,2}$)");

    private QueryText() {}

    /** Returns the values by name. A value without an input of that name stays a text. */
    static Map<String, @Nullable Object> json(@Nullable String query, List<Input> inputs) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            texts.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        texts.forEach((name, values) -> json.put(name, value(name, values, inputs)));
        return json;
    }

    private static Object value(String name, List<String> values, List<Input> inputs) {
        InputType type = inputs.stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .map(Input::type)
                .orElse(InputType.TEXT);
        if (values.size() > 1 && !type.hasMany()) {
            throw new ValidationException(
                    FieldProblem.path("", name), "duplicate " + name + " in the query; use it once");
        }
        return type == InputType.TIME ? PLUS.matcher(values.get(0)).replaceFirst("+") : type.json(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "invalid % in the query: two hexadecimal digits must follow it; write %25 for a percent sign");
        }
    }
}
