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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one kind of thing: its fields in their order, each declared once with its name, its meaning and how it
 * is read. Both what a face writes and the reference page come from that. Each field is always there, null where there is
 * nothing. Immutable: every method that adds a field returns a new view. Safe for use by several threads.
 *
 * @param <T> the thing
 */
public final class View<T> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final String name;
    private final String meaning;
    private final List<Declared<T>> fields;

    /**
     * A field, as the reference tells it.
     *
     * @param name its name in JSON
     * @param type what kind of value it has, such as {@code text}; before a view, {@code list of} or the like
     * @param view what its values are views of; null for plain ones
     * @param meaning what it says
     */
    public record Field(String name, String type, @Nullable View<?> view, String meaning) {}

    private record Declared<T>(Field field, Function<? super T, ? extends @Nullable Object> value) {}

    private View(String name, String meaning, List<Declared<T>> fields) {
        this.name = name;
        this.meaning = meaning;
        this.fields = fields;
    }

    /**
     * A view without fields.
     *
     * @param name what it shows, in a word or two
     * @param meaning the same in a sentence
     * @param <T> the thing
     * @return the view
     */
    public static <T> View<T> of(String name, String meaning) {
        return new View<>(name, meaning, List.of());
    }

    /**
     * What it shows.
     *
     * @return a word or two
     */
    public String name() {
        return name;
    }

    /**
     * What it shows.
     *
     * @return a sentence
     */
    public String meaning() {
        return meaning;
    }

    /**
     * What it says.
     *
     * @return the fields in their order
     */
    public List<Field> fields() {
        return fields.stream().map(Declared::field).toList();
    }

    /**
     * What it says of a thing.
     *
     * @param thing the thing
     * @return a JSON object of maps, lists, texts, numbers and nulls
     */
    public Map<String, @Nullable Object> json(T thing) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        fields.forEach(each -> json.put(each.field().name(), each.value().apply(thing)));
        return json;
    }

    /**
     * Adds a text.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it; its {@code toString} is the text
     * @return the view with it
     */
    public View<T> text(String field, String says, Function<? super T, ? extends @Nullable Object> value) {
        return with(field, "text", null, says, thing -> {
            Object text = value.apply(thing);
            return text == null ? null : text.toString();
        });
    }

    /**
     * Adds a number.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it
     * @return the view with it
     */
    public View<T> number(String field, String says, Function<? super T, ? extends @Nullable Number> value) {
        return with(field, "number", null, says, value);
    }

    /**
     * Adds a truth value.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it
     * @return the view with it
     */
    public View<T> flag(String field, String says, Predicate<? super T> value) {
        return with(field, "true or false", null, says, value::test);
    }

    /**
     * Adds a time: UTC with six digits, such as {@code 2027-01-31T08:00:00.000000Z}.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it
     * @return the view with it
     */
    public View<T> time(String field, String says, Function<? super T, @Nullable Instant> value) {
        return with(field, "time", null, says, thing -> {
            Instant instant = value.apply(thing);
            return instant == null ? null : TIME.format(instant);
        });
    }

    /**
     * Adds a duration: a number of seconds, exact to the microsecond.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it
     * @return the view with it
     */
    public View<T> seconds(String field, String says, Function<? super T, @Nullable Duration> value) {
        return with(field, "seconds", null, says, thing -> {
            Duration duration = value.apply(thing);
            return duration == null ? null : duration.toNanos() / 1_000 / 1e6;
        });
    }

    /**
     * Adds a list of texts.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it; the {@code toString} of each is its text
     * @return the view with it
     */
    public View<T> texts(String field, String says, Function<? super T, ? extends List<?>> value) {
        return with(
                field,
                "list of texts",
                null,
                says,
                thing -> value.apply(thing).stream().map(Object::toString).toList());
    }

    /**
     * Adds an object whose keys are not the host's.
     *
     * @param field its name
     * @param says what it says
     * @param value reads it
     * @return the view with it
     */
    public View<T> object(String field, String says, Function<? super T, ? extends @Nullable Map<?, ?>> value) {
        return with(field, "object", null, says, value);
    }

    /**
     * Adds numbers by name, sorted.
     *
     * @param field its name
     * @param says what it says
     * @param value reads them
     * @return the view with it
     */
    public View<T> counts(String field, String says, Function<? super T, ? extends Map<?, Long>> value) {
        return with(field, "object of numbers", null, says, thing -> new TreeMap<>(value.apply(thing)));
    }

    /**
     * Adds a thing within the thing.
     *
     * @param field its name
     * @param view shows it
     * @param says what it says
     * @param value reads it
     * @param <U> the inner thing
     * @return the view with it
     */
    public <U> View<T> one(String field, View<U> view, String says, Function<? super T, ? extends @Nullable U> value) {
        return with(field, "", view, says, thing -> {
            U inner = value.apply(thing);
            return inner == null ? null : view.json(inner);
        });
    }

    /**
     * Adds a list of things.
     *
     * @param field its name
     * @param view shows each
     * @param says what it says
     * @param value reads them
     * @param <U> the inner things
     * @return the view with it
     */
    public <U> View<T> list(String field, View<U> view, String says, Function<? super T, ? extends List<U>> value) {
        return with(
                field,
                "list of ",
                view,
                says,
                thing -> value.apply(thing).stream().map(view::json).toList());
    }

    /**
     * Adds things by name, sorted.
     *
     * @param field its name
     * @param view shows each
     * @param says what it says
     * @param value reads them
     * @param <U> the inner things
     * @return the view with it
     */
    public <U> View<T> map(
            String field, View<U> view, String says, Function<? super T, ? extends Map<String, U>> value) {
        return with(field, "object of ", view, says, thing -> {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            value.apply(thing).forEach((key, inner) -> sorted.put(key, view.json(inner)));
            return sorted;
        });
    }

    /**
     * Adds all that another view says.
     *
     * @param view the other view
     * @param value reads what that one shows
     * @param <U> what that one shows
     * @return the view with its fields
     */
    public <U> View<T> all(View<U> view, Function<? super T, ? extends U> value) {
        List<Declared<T>> more = new ArrayList<>(fields);
        view.fields.forEach(each ->
                more.add(new Declared<>(each.field(), thing -> each.value().apply(value.apply(thing)))));
        return new View<>(name, meaning, List.copyOf(more));
    }

    private View<T> with(
            String field,
            String type,
            @Nullable View<?> view,
            String says,
            Function<? super T, ? extends @Nullable Object> value) {
        List<Declared<T>> more = new ArrayList<>(fields);
        more.add(new Declared<>(new Field(field, type, view, says), value));
        return new View<>(name, meaning, List.copyOf(more));
    }
}
