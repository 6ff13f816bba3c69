// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobyardException;
import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value in the JSON of a specification: converts it, or throws if its kind is wrong. */
record SpecificationValue(Place place, String key, @Nullable Object value) {

    /** Where it stands, and what it may refer to. */
    record Place(String where, Set<String> names, Function<String, JobId> stored, Clock clock) {

        ValidationException wrong(String key, String fault) {
            return new ValidationException(where + ": " + key + " " + fault);
        }
    }

    String text() {
        return as(String.class, "must be a string");
    }

    int number() {
        return as(Integer.class, "must be a whole number");
    }

    double amount() {
        return as(Number.class, "must be a number").doubleValue();
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object() {
        return as(Map.class, "must be a JSON object");
    }

    /** The values in an object; a fault names the object and the key. */
    Map<String, SpecificationValue> members(String name) {
        Map<String, SpecificationValue> members = new LinkedHashMap<>();
        object().forEach((inner, each) -> members.put(inner, new SpecificationValue(place, name + " " + inner, each)));
        return members;
    }

    List<String> limits() {
        return texts("must be a list of names, such as [\"openai\"]");
    }

    void dependencies(JobSpecification.Builder job) {
        for (Object each : as(List.class, "must be a list of names and ids, such as [\"first\"]")) {
            if (each instanceof Map<?, ?> object) {
                dependency(job, object);
            } else {
                String dependency = new SpecificationValue(place, key, each).text();
                if (place.names().contains(dependency)) {
                    job.dependsOn(dependency);
                } else {
                    job.dependsOn(stored(dependency));
                }
            }
        }
    }

    private void dependency(JobSpecification.Builder job, Map<?, ?> object) {
        if (!object.keySet().equals(Set.of("id", "ifFails"))) {
            throw wrong(
                    "may name one as {\"id\": \"first\", \"ifFails\": \"run\"}, with both of these and nothing else");
        }
        String dependency = new SpecificationValue(place, key + " id", object.get("id")).text();
        DependencyPolicy policy = new SpecificationValue(place, key + " ifFails", object.get("ifFails")).policy();
        if (place.names().contains(dependency)) {
            job.dependsOn(dependency, policy);
        } else {
            job.dependsOn(stored(dependency), policy);
        }
    }

    DependencyPolicy policy() {
        try {
            return DependencyPolicy.of(text());
        } catch (ValidationException e) {
            throw new ValidationException(place.where() + ": " + e.getMessage());
        }
    }

    KeyPolicy keyPolicy() {
        try {
            return KeyPolicies.parse(text());
        } catch (ValidationException e) {
            throw new ValidationException(place.where() + ": " + e.getMessage());
        }
    }

    Duration duration() {
        return value instanceof Integer seconds
                ? Duration.ofSeconds(seconds)
                : Durations.parse(place.where() + ": " + key, String.valueOf(value));
    }

    Instant instant() {
        String text = text();
        try {
            return Instants.parse(text).orElseGet(() -> place.clock().instant().plus(Durations.parse(key, text)));
        } catch (DateTimeParseException | ValidationException e) {
            throw wrong("must be an instant such as 2027-01-31T08:00:00Z, or a duration from now such as 5m");
        }
    }

    private JobId stored(String dependency) {
        try {
            return place.stored().apply(dependency);
        } catch (JobyardException e) {
            throw new ValidationException(
                    place.where() + ": no line has the name '" + dependency + "', and " + e.getMessage());
        }
    }

    private List<String> texts(String fault) {
        return ((List<?>) as(List.class, fault))
                .stream()
                        .map(each -> new SpecificationValue(place, key, each).text())
                        .toList();
    }

    private <T> T as(Class<T> type, String fault) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong(fault);
    }

    private ValidationException wrong(String fault) {
        return place.wrong(key, fault);
    }
}
