// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.text.Spelling;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.Instants;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a request: what a route knows, and nothing else. */
final class RequestQuery {

    /** A plus sign of an offset that the client has not encoded, which means a blank in a query. */
    private static final Pattern PLUS = Pattern.compile("(?<=T[0-9:.]{5,20}) (?=[0-9]{2}:?[0-9]{0,2}$)");

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Instant now;

    RequestQuery(@Nullable String text, List<QueryParameter> known, Instant now) {
        this.now = now;
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            QueryParameter parameter = known.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name, known));
            List<String> all = values.computeIfAbsent(name, key -> new ArrayList<>());
            if (!all.isEmpty() && parameter.kind() != ValueKind.TEXTS) {
                throw new ValidationException(name, "the query gives " + name + " twice; give it once");
            }
            all.add(value);
        }
        requireAll(known);
    }

    private void requireAll(List<QueryParameter> known) {
        for (QueryParameter each : known) {
            if (each.required() && !values.containsKey(each.name())) {
                throw new ValidationException(
                        each.name(), "the query: " + each.name() + " is missing; it says " + each.meaning());
            }
        }
    }

    private static ValidationException unknown(String name, List<QueryParameter> known) {
        List<String> names = known.stream().map(QueryParameter::name).toList();
        return new ValidationException(
                FieldProblem.path("", name),
                "the query: '" + name + "' is not known" + Spelling.hint(name, names)
                        + (names.isEmpty() ? "; this path takes no query" : "; use " + String.join(", ", names)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "the query has a % that two hexadecimal digits do not follow; write %25 for it");
        }
    }

    @Nullable
    String text(String name) {
        List<String> texts = values.get(name);
        return texts == null ? null : texts.get(0);
    }

    /** Returns the value of a required parameter. */
    String needed(String name) {
        return Objects.requireNonNull(text(name));
    }

    List<String> texts(String name) {
        return values.getOrDefault(name, List.of());
    }

    int number(String name, int otherwise) {
        return (int) number(name, otherwise, Integer.MAX_VALUE);
    }

    long number(String name, long otherwise, long most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ValidationException(name, name + " = '" + text + "' must be a whole number");
    }

    @Nullable
    Duration duration(String name) {
        String text = text(name);
        return text == null ? null : RestBody.in(name, () -> Durations.parse(name, text));
    }

    /** An instant, or how long ago. */
    @Nullable
    Instant past(String name) {
        @Nullable String text = text(name);
        return past(name, text == null ? null : PLUS.matcher(text).replaceFirst("+"), now);
    }

    /** Reads an instant, or how long ago; null if there is nothing to read. */
    static @Nullable Instant past(String name, @Nullable String text, Instant now) {
        return instant(name, text, now, -1, "how long ago, such as 2h");
    }

    /** Reads an instant, or a duration from now; null if there is nothing to read. */
    static @Nullable Instant next(String name, @Nullable String text, Instant now) {
        return instant(name, text, now, 1, "a duration from now such as 2h");
    }

    private static @Nullable Instant instant(
            String name, @Nullable String text, Instant now, int sign, String distance) {
        if (text == null) {
            return null;
        }
        try {
            return Instants.parse(text)
                    .orElseGet(() -> now.plus(Durations.parse(name, text).multipliedBy(sign)));
        } catch (DateTimeParseException | ValidationException e) {
            throw new ValidationException(
                    name,
                    name + " = '" + text + "' is no time; use an instant such as 2027-01-31T08:00:00Z, or " + distance);
        }
    }
}
