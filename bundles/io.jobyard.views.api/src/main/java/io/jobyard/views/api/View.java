// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields of one kind of object, in order. Each field is declared once with its name, its type, its meaning and a function that reads its
 * value. The JSON, the schemas and the reference page of every interface are derived from the view. Each field is always present; a
 * field whose name is declared with a trailing {@code ?} may be null. Immutable: every method that adds fields returns a new view.
 *
 * @param name the kind of object, in a word or two
 * @param fields the fields, in order
 */
public record View<T>(String name, String meaning, List<ViewField<T>> fields) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * A field.
     *
     * @param nullable whether its value may be null
     * @param among the allowed words; empty for any value
     * @param view the view of its value; null for plain values
     * @param json reads its value, as JSON
     * @param <T> the type of the objects that have the field
     */
    public record ViewField<T>(
            String name,
            String meaning,
            FieldType type,
            boolean nullable,
            List<String> among,
            @Nullable View<?> view,
            Function<? super T, ? extends @Nullable Object> json) {

        /** Returns the JSON Schema, with the meaning as the description; an inner view is its schema, or a reference to it. */
        public Map<String, Object> schema(Function<View<?>, Map<String, Object>> inner) {
            Map<String, Object> schema = new LinkedHashMap<>(type.schema());
            if (view != null && type == FieldType.ONE) {
                Map<String, Object> one = inner.apply(view);
                schema.putAll(nullable ? Map.of("anyOf", List.of(one, Map.of("type", "null"))) : one);
            } else if (view != null) {
                schema.put(type == FieldType.LIST ? "items" : "additionalProperties", inner.apply(view));
            }
            if (!among.isEmpty()) {
                schema.put(
                        "enum",
                        nullable
                                ? Stream.concat(among.stream(), Stream.of((String) null))
                                        .toList()
                                : among);
            }
            if (nullable) {
                schema.computeIfPresent("type", (key, known) -> List.of(known, "null"));
            }
            schema.put("description", meaning);
            return schema;
        }
    }

    public View {
        fields = List.copyOf(fields);
    }

    /** Creates a view without fields of a kind of object: its name in a word or two, its meaning in a sentence. */
    public static <T> View<T> of(String name, String meaning) {
        return new View<>(name, meaning, List.of());
    }

    /** Converts an object to a JSON object of maps, lists, texts, numbers, truth values and nulls. */
    public Map<String, @Nullable Object> json(T thing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        fields.forEach(field -> json.put(field.name(), field.json().apply(thing)));
        return json;
    }

    /** Adds a text: the {@code toString} of the value. */
    public View<T> text(String field, String says, Function<? super T, ? extends @Nullable Object> value) {
        return with(field, FieldType.TEXT, says, value, Object::toString);
    }

    /** Adds a text that is one of these words. */
    public View<T> word(
            String field, List<String> among, String says, Function<? super T, ? extends @Nullable String> value) {
        return with(field, FieldType.TEXT, among, null, says, value, word -> word);
    }

    /** Adds a time in UTC with six fractional digits. */
    public View<T> instant(String field, String says, Function<? super T, ? extends @Nullable Instant> value) {
        return with(field, FieldType.INSTANT, says, value, TIME::format);
    }

    /** Adds a whole number. */
    public View<T> whole(String field, String says, Function<? super T, ? extends @Nullable Number> value) {
        return with(field, FieldType.WHOLE, says, value, whole -> whole);
    }

    /** Adds a number. */
    public View<T> number(String field, String says, Function<? super T, ? extends @Nullable Number> value) {
        return with(field, FieldType.NUMBER, says, value, number -> number);
    }

    /** Adds a duration in seconds, exact to the microsecond. */
    public View<T> seconds(String field, String says, Function<? super T, ? extends @Nullable Duration> value) {
        return with(field, FieldType.NUMBER, says, value, duration -> duration.toNanos() / 1_000 / 1e6);
    }

    /** Adds a truth value. */
    public View<T> flag(String field, String says, Function<? super T, ? extends @Nullable Boolean> value) {
        return with(field, FieldType.FLAG, says, value, flag -> flag);
    }

    /** Adds a list of texts. */
    public View<T> texts(String field, String says, Function<? super T, ? extends @Nullable List<?>> value) {
        return with(
                field,
                FieldType.TEXTS,
                says,
                value,
                list -> list.stream().map(String::valueOf).toList());
    }

    /** Adds whole numbers by name. */
    public View<T> counts(String field, String says, Function<? super T, ? extends @Nullable Map<?, Long>> value) {
        return with(field, FieldType.COUNTS, says, value, counts -> counts);
    }

    /** Adds numbers by name. */
    public View<T> numbersByName(
            String field, String says, Function<? super T, ? extends @Nullable Map<String, ? extends Number>> value) {
        return with(field, FieldType.NUMBERS_BY_NAME, says, value, numbers -> numbers);
    }

    /** Adds texts by name. */
    public View<T> textsByName(
            String field, String says, Function<? super T, ? extends @Nullable Map<String, String>> value) {
        return with(field, FieldType.TEXTS_BY_NAME, says, value, texts -> texts);
    }

    /** Adds a JSON object with undeclared members. */
    public View<T> object(String field, String says, Function<? super T, ? extends @Nullable Map<String, ?>> value) {
        return with(field, FieldType.OBJECT, says, value, object -> object);
    }

    /** Adds any JSON. */
    public View<T> json(String field, String says, Function<? super T, ? extends @Nullable Object> value) {
        return with(field, FieldType.JSON, says, value, json -> json);
    }

    /** Adds an inner object, which a function reads. */
    public <U> View<T> one(String field, View<U> view, String says, Function<? super T, ? extends @Nullable U> value) {
        return with(field, FieldType.ONE, List.of(), view, says, value, view::json);
    }

    /** Adds a list of objects, which a function reads. */
    public <U> View<T> list(String field, View<U> view, String says, Function<? super T, ? extends List<U>> value) {
        return with(
                field,
                FieldType.LIST,
                List.of(),
                view,
                says,
                value,
                things -> things.stream().map(view::json).toList());
    }

    /** Adds objects by name, sorted, which a function reads. */
    public <U> View<T> map(String field, View<U> view, String says, Function<? super T, Map<String, U>> value) {
        return with(field, FieldType.MAP, List.of(), view, says, value, things -> {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            things.forEach((key, inner) -> sorted.put(key, view.json(inner)));
            return sorted;
        });
    }

    /** Adds all fields of another view, whose object a function reads. */
    public <U> View<T> all(View<U> view, Function<? super T, ? extends U> value) {
        List<ViewField<T>> more = new ArrayList<>(fields);
        view.fields.forEach(each -> more.add(new ViewField<>(
                each.name(),
                each.meaning(),
                each.type(),
                each.nullable(),
                each.among(),
                each.view(),
                thing -> each.json().apply(value.apply(thing)))));
        return new View<>(name, meaning, more);
    }

    private <V> View<T> with(
            String field,
            FieldType type,
            String says,
            Function<? super T, ? extends @Nullable V> value,
            Function<? super V, ?> json) {
        return with(field, type, List.of(), null, says, value, json);
    }

    private <V> View<T> with(
            String field,
            FieldType type,
            List<String> among,
            @Nullable View<?> view,
            String says,
            Function<? super T, ? extends @Nullable V> value,
            Function<? super V, ?> json) {
        boolean isNullable = field.endsWith("?");
        List<ViewField<T>> more = new ArrayList<>(fields);
        more.add(new ViewField<>(
                isNullable ? field.substring(0, field.length() - 1) : field,
                says,
                type,
                isNullable,
                among,
                view,
                thing -> {
                    V read = value.apply(thing);
                    return read == null ? null : json.apply(read);
                }));
        return new View<>(name, meaning, more);
    }
}
