// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.FieldProblem;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobyardException;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.json.JsonNumbers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Value in the JSON of a specification: converts it, or throws if its type is wrong. */
record SpecificationValue(
        ValuePosition position,
        String key,
        String path,
        @Nullable Object value) {

    /** Position of the value, and what it may refer to. */
    record ValuePosition(String where, Set<String> names, Function<String, JobId> stored, Clock clock) {

        boolean isTyped() {
            return where.equals(SpecificationReader.OPTIONS);
        }

        ValidationException wrong(String key, String path, String fault) {
            return new ValidationException(path, told(shown(key) + " " + fault));
        }

        boolean isAlone() {
            return isTyped() || where.equals(SpecificationReader.ALONE);
        }

        private String told(String problem) {
            return isAlone() ? problem : where + ": " + problem;
        }

        /** Returns the name as the user typed it, if command options contain the value. */
        String shown(String key) {
            if (!isTyped()) {
                return key;
            }
            String field = key.replaceFirst(" .*", ""); // the singular for a list item
            return JobField.ALL.stream()
                    .filter(each -> each.name().equals(field) || each.name().equals(field + "s"))
                    .filter(each -> !each.option().isEmpty())
                    .findFirst()
                    .map(each -> each.option() + key.substring(field.length()))
                    .orElse(key);
        }
    }

    SpecificationValue(ValuePosition position, String key, @Nullable Object value) {
        this(position, key, FieldProblem.path("", key), value);
    }

    boolean isNull() {
        return value == null;
    }

    String text() {
        return as(String.class, "must be a string");
    }

    int number() {
        return as(Integer.class, "must be a whole number");
    }

    double amount() {
        Number amount = as(Number.class, "must be a number");
        JsonNumbers.problem(amount.toString()).ifPresent(problem -> {
            throw wrong("cannot be kept" + problem.replaceFirst(": pass it as text.*", ""));
        });
        return amount.doubleValue();
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object() {
        return as(Map.class, "must be a JSON object");
    }

    /** Returns the values in an object. An error names the object and the key. */
    Map<String, SpecificationValue> members(String name) {
        Map<String, SpecificationValue> members = new LinkedHashMap<>();
        object().forEach((inner, each) -> members.put(
                inner, new SpecificationValue(position, name + " " + inner, FieldProblem.path(path, inner), each)));
        return members;
    }

    List<String> limits() {
        return texts("must be a list of names, for example [\"openai\"]");
    }

    void dependencies(JobSpecificationBuilder job) {
        for (SpecificationValue each : elements("must be a list of names and IDs, for example [\"first\"]")) {
            if (each.value() instanceof Map<?, ?> object) {
                each.dependency(job, object);
            } else {
                String dependency = each.text();
                if (position.names().contains(dependency)) {
                    job.dependsOn(dependency);
                } else {
                    job.dependsOn(each.stored(dependency));
                }
            }
        }
    }

    private void dependency(JobSpecificationBuilder job, Map<?, ?> object) {
        if (!object.keySet().equals(Set.of("id", "ifFails"))) {
            throw wrong("may contain {\"id\": \"first\", \"ifFails\": \"run\"}, with exactly these two keys");
        }
        String dependency = member("id", object).text();
        DependencyPolicy policy = member("ifFails", object).policy();
        if (position.names().contains(dependency)) {
            job.dependsOn(dependency, policy);
        } else {
            job.dependsOn(stored(dependency), policy);
        }
    }

    private SpecificationValue member(String name, Map<?, ?> object) {
        return new SpecificationValue(position, key + " " + name, FieldProblem.path(path, name), object.get(name));
    }

    DependencyPolicy policy() {
        return parsed(DependencyPolicy::of, text());
    }

    KeyPolicy keyPolicy() {
        return parsed(KeyPolicies::parse, text());
    }

    Duration duration() {
        return value instanceof Integer seconds
                ? Duration.ofSeconds(seconds)
                : parsed(text -> Durations.parse(position.shown(key), text), String.valueOf(value));
    }

    private <T> T parsed(Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (ValidationException e) {
            throw position.isAlone() ? e.in(path) : e.in(path).told(position.where());
        }
    }

    Instant instant() {
        String text = text();
        try {
            return Instants.parse(text)
                    .orElseGet(() -> position.clock().instant().plus(Durations.parse(position.shown(key), text)));
        } catch (DateTimeParseException | ValidationException e) {
            throw wrong("must be an instant such as 2027-01-31T08:00:00Z, or a duration from now such as 5m");
        }
    }

    private JobId stored(String dependency) {
        try {
            return position.stored().apply(dependency);
        } catch (JobyardException e) {
            String why = String.valueOf(e.getMessage());
            throw new ValidationException(
                    path,
                    position.isAlone() ? why : position.told("no line has the name '" + dependency + "', and " + why));
        }
    }

    private List<String> texts(String fault) {
        return elements(fault).stream().map(SpecificationValue::text).toList();
    }

    private List<SpecificationValue> elements(String fault) {
        List<SpecificationValue> elements = new ArrayList<>();
        for (Object each : as(List.class, fault)) {
            elements.add(new SpecificationValue(position, key, FieldProblem.path(path, elements.size()), each));
        }
        return elements;
    }

    private <T> T as(Class<T> type, String fault) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong(fault);
    }

    private ValidationException wrong(String fault) {
        boolean isShown = position.isTyped() && value instanceof String;
        return position.wrong(key, path, isShown ? fault + ", not '" + value + "'" : fault);
    }
}
