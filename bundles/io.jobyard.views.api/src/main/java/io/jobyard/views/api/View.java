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
import org.jspecify.annotations.Nullable;

/**
 * The fields that are shown of one kind of thing, in order, each declared once with its name, its meaning and how it is read. The JSON of
 * every face and the reference page are made from it. Each field is always present, null without a value. Immutable: every method that adds
 * fields returns a new view.
 *
 * @param name what it shows, in a word or two
 * @param meaning the same in a sentence
 * @param fields what it says, in this order
 * @param <T> the thing
 */
public record View<T>(String name, String meaning, List<ViewField<T>> fields) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * A field.
     *
     * @param name its name in JSON
     * @param meaning what it says
     * @param holds what stands before the view that its value is of, such as {@code list of}; empty for the view alone
     * @param view what its value is a view of; null for plain values
     * @param json reads its value, as JSON
     * @param <T> the thing that has it
     */
    public record ViewField<T>(
            String name,
            String meaning,
            String holds,
            @Nullable View<?> view,
            Function<? super T, ? extends @Nullable Object> json) {}

    public View {
        fields = List.copyOf(fields);
    }

    /**
     * A view without fields.
     *
     * @param name what it shows, in a word or two
     * @param meaning the same in a sentence
     * @param <T> the thing
     */
    public static <T> View<T> of(String name, String meaning) {
        return new View<>(name, meaning, List.of());
    }

    /**
     * A thing as JSON.
     *
     * @return a JSON object of maps, lists, texts, numbers, truth values and nulls
     */
    public Map<String, @Nullable Object> json(T thing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        fields.forEach(field -> json.put(field.name(), field.json().apply(thing)));
        return json;
    }

    /**
     * Adds a plain value. Numbers, truth values and maps stand in JSON as they are, instants in UTC with six digits,
     * durations as seconds exact to the microsecond, lists as lists of these, and all else as its {@code toString}.
     *
     * @param value reads it
     */
    public View<T> field(String field, String says, Function<? super T, ? extends @Nullable Object> value) {
        return with(new ViewField<>(field, says, "", null, thing -> plain(value.apply(thing))));
    }

    /**
     * Adds a thing within the thing.
     *
     * @param view shows it
     * @param value reads it
     * @param <U> the inner thing
     */
    public <U> View<T> one(String field, View<U> view, String says, Function<? super T, ? extends @Nullable U> value) {
        return with(new ViewField<>(field, says, "", view, thing -> {
            U inner = value.apply(thing);
            return inner == null ? null : view.json(inner);
        }));
    }

    /**
     * Adds a list of things.
     *
     * @param view shows each
     * @param value reads them
     * @param <U> the inner things
     */
    public <U> View<T> list(String field, View<U> view, String says, Function<? super T, ? extends List<U>> value) {
        return with(new ViewField<>(field, says, "list of ", view, thing -> json(view, value.apply(thing))));
    }

    /**
     * Adds things by name, sorted.
     *
     * @param view shows each
     * @param value reads them
     * @param <U> the inner things
     */
    public <U> View<T> map(String field, View<U> view, String says, Function<? super T, Map<String, U>> value) {
        return with(new ViewField<>(field, says, "by name, ", view, thing -> {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            value.apply(thing).forEach((key, inner) -> sorted.put(key, view.json(inner)));
            return sorted;
        }));
    }

    /**
     * Adds all fields of another view.
     *
     * @param view the other view
     * @param value reads what that one shows
     * @param <U> what that one shows
     * @return the view with its fields
     */
    public <U> View<T> all(View<U> view, Function<? super T, ? extends U> value) {
        View<T> all = this;
        for (ViewField<U> each : view.fields) {
            all = all.with(new ViewField<>(
                    each.name(),
                    each.meaning(),
                    each.holds(),
                    each.view(),
                    thing -> each.json().apply(value.apply(thing))));
        }
        return all;
    }

    private View<T> with(ViewField<T> field) {
        List<ViewField<T>> more = new ArrayList<>(fields);
        more.add(field);
        return new View<>(name, meaning, more);
    }

    private static <U> List<Map<String, @Nullable Object>> json(View<U> view, List<U> things) {
        return things.stream().map(view::json).toList();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof Map) {
            return value;
        } else if (value instanceof Instant instant) {
            return TIME.format(instant);
        } else if (value instanceof Duration duration) {
            return duration.toNanos() / 1_000 / 1e6;
        }
        return value instanceof List<?> list ? list.stream().map(View::plain).toList() : value.toString();
    }
}
