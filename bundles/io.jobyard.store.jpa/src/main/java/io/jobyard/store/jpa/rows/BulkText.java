// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobFilter;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON form of bulk operations. */
final class BulkText {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private BulkText() {}

    static String of(JobFilter filter) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("status", texts(filter.state().statuses(), JobStatus::text));
        values.put("reason", texts(filter.state().reasons(), Reason::text));
        values.put("type", texts(filter.types(), text -> text));
        values.put("queue", texts(filter.queues(), text -> text));
        values.put("submitter", texts(filter.submitters(), text -> text));
        values.put("labels", filter.labels().isEmpty() ? null : filter.labels());
        values.put("since", text(filter.created().since(), Instant::toString));
        values.put("until", text(filter.created().until(), Instant::toString));
        values.put("error", filter.state().error());
        values.put("schedule", filter.schedule());
        values.put("group", filter.group());
        values.values().removeIf(Objects::isNull);
        return write(values);
    }

    static JobFilter filter(String json) {
        Map<String, Object> values = read(json);
        return new JobFilter(
                new JobFilter.StateFilter(
                        several(values, "status", JobStatus::of),
                        several(values, "reason", Reason::of),
                        value(values, "error", text -> text)),
                several(values, "type", text -> text),
                several(values, "queue", text -> text),
                several(values, "submitter", text -> text),
                labels(values.get("labels")),
                value(values, "schedule", text -> text),
                value(values, "group", text -> text),
                new JobFilter.CreatedRange(
                        value(values, "since", Instant::parse), value(values, "until", Instant::parse)));
    }

    /**
     * Returns the JSON form of a change; null for none. A key with a null value removes the job's value; a missing key leaves it unchanged.
     */
    static @Nullable String of(@Nullable JobChange change) {
        if (change == null) {
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(change.values());
        values.replaceAll(
                (name, value) -> value instanceof Instant || value instanceof Duration ? value.toString() : value);
        return write(values);
    }

    static @Nullable JobChange change(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JobChange change = new JobChange();
        read(json).forEach((name, value) -> {
            switch (name) {
                case "priority" -> change.priority((Integer) value);
                case "queue" -> change.queue((String) value);
                case "notBefore" -> change.notBefore(value == null ? null : Instant.parse((String) value));
                case "timeout" -> change.timeout(Duration.parse((String) value));
                case "limits" -> change.limits(((List<?>) value).toArray(String[]::new));
                case "labels" ->
                    ((Map<?, ?>) value).forEach((label, text) -> change.label((String) label, (String) text));
                default ->
                    throw new IllegalStateException(
                            "unknown part '" + name + "' of a change: a newer Jobyard wrote it");
            }
        });
        return change;
    }

    static String of(Caller caller) {
        return write(values(caller));
    }

    private static Map<String, Object> values(Caller caller) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", caller.kind().name());
        values.put("name", caller.name());
        if (caller.behind() != null) {
            values.put("behind", values(caller.behind()));
        }
        if (caller.scope() != null) {
            values.put("token", caller.scope().token());
            values.put(
                    "permissions",
                    caller.scope().permissions().stream()
                            .map(Permission::text)
                            .sorted()
                            .collect(Collectors.joining(",")));
        }
        return values;
    }

    static Caller caller(String json) {
        return caller(read(json));
    }

    private static Caller caller(Map<?, ?> values) {
        Object behind = values.get("behind");
        return new Caller(
                Caller.CallerKind.valueOf(String.valueOf(values.get("kind"))),
                String.valueOf(values.get("name")),
                behind instanceof Map<?, ?> other ? caller(other) : null,
                scope(values));
    }

    private static @Nullable TokenScope scope(Map<?, ?> values) {
        Object token = values.get("token");
        String permissions = String.valueOf(values.get("permissions"));
        return token == null ? null : new TokenScope(token.toString(), Permission.written(permissions));
    }

    private static Map<String, String> labels(@Nullable Object value) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> all) {
            all.forEach((label, text) -> labels.put(String.valueOf(label), String.valueOf(text)));
        }
        return labels;
    }

    /** Returns a single value as a text, as in versions without lists, otherwise a list. */
    private static <T> @Nullable Object texts(Set<T> values, Function<T, String> text) {
        List<String> texts = values.stream().map(text).toList();
        return texts.isEmpty() ? null : texts.size() == 1 ? texts.get(0) : texts;
    }

    private static <T> Set<T> several(Map<String, Object> values, String name, Function<String, T> reader) {
        Object value = values.get(name);
        List<?> texts = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return texts.stream().map(text -> reader.apply(text.toString())).collect(Collectors.toSet());
    }

    private static <T> @Nullable String text(@Nullable T value, Function<T, String> text) {
        return value == null ? null : text.apply(value);
    }

    private static <T> @Nullable T value(Map<String, Object> values, String name, Function<String, T> reader) {
        Object value = values.get(name);
        return value == null ? null : reader.apply(value.toString());
    }

    private static String write(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> read(String json) {
        try {
            return JSON.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
