// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a type's jobs that only their submitter sees. Other users get {@value #INSTEAD} instead.
 *
 * @param paths hidden parts, for example {@code payload.card.number}, {@code result.rows.*.name}, {@code steps} or {@code stream}
 */
public record HiddenFields(Set<String> paths) {

    /** Text in place of a hidden value. */
    public static final String INSTEAD = "(hidden)";

    /** Payload of a job. */
    public static final String PAYLOAD = "payload";

    /** Result of a job. */
    public static final String RESULT = "result";

    /** Values of a job's steps. */
    public static final String STEPS = "steps";

    /** Stream of a job. */
    public static final String STREAM = "stream";

    /** Hides nothing. */
    public static final HiddenFields NONE = new HiddenFields(Set.of());

    /** Hides everything. */
    public static final HiddenFields ALL = new HiddenFields(Set.of(PAYLOAD, RESULT, STEPS, STREAM));

    private static final String ANY = "*";
    private static final Pattern FORM = Pattern.compile("(payload|result)(\\.[^.,\\s]+)*|steps|stream");
    private static final String USE =
            "use payload, result, steps, stream, or a field, for example payload.card.number or result.rows.*.name";

    public HiddenFields {
        paths = Set.copyOf(paths);
    }

    /**
     * Parses the hidden parts of a configuration.
     *
     * @param text paths, separated by commas
     * @throws IllegalArgumentException if a path is invalid; the message contains the rule for paths
     */
    public static HiddenFields parse(String text) {
        Set<String> paths = new LinkedHashSet<>();
        for (String each : text.split(",", -1)) {
            String path = each.strip();
            if (!FORM.matcher(path).matches()) {
                throw new IllegalArgumentException(USE);
            }
            paths.add(path);
        }
        return new HiddenFields(paths);
    }

    /** Returns whether a part of a job, for example {@link #STREAM}, is completely or partly hidden. */
    public boolean concern(String part) {
        return paths.stream().anyMatch(path -> path.equals(part) || path.startsWith(part + "."));
    }

    /**
     * Returns whether a value, for example {@code payload.card.number}, or an object or list around it, is hidden. In this case, {@link
     * #in} contains {@value #INSTEAD} at its location.
     */
    public boolean hides(String position) {
        List<String> names = List.of(position.split("\\."));
        return paths.stream()
                .map(path -> path.split("\\."))
                .anyMatch(way -> way.length <= names.size()
                        && IntStream.range(0, way.length)
                                .allMatch(at -> way[at].equals(ANY) || way[at].equals(names.get(at))));
    }

    /**
     * Returns a JSON value of a part, for example {@link #RESULT}, with {@value #INSTEAD} at the hidden locations; null for null. The given
     * value consists of maps, lists and plain values, and is not changed.
     */
    public @Nullable Object in(String part, @Nullable Object value) {
        Set<List<String>> ways = paths.stream()
                .map(path -> List.of(path.split("\\.")))
                .filter(way -> way.get(0).equals(part))
                .map(way -> way.subList(1, way.size()))
                .collect(Collectors.toSet());
        return ways.isEmpty() ? value : hidden(value, ways);
    }

    /**
     * Returns a JSON object of a part, for example {@link #PAYLOAD}, with {@value #INSTEAD} at the hidden locations. If the whole part is
     * hidden, all its values are. The given object is not changed.
     */
    public Map<String, Object> inObject(String part, Map<String, Object> object) {
        Object all = in(part, object);
        Map<String, Object> shown = new LinkedHashMap<>();
        if (all instanceof Map<?, ?> map) {
            map.forEach((name, value) -> shown.put(String.valueOf(name), value));
        } else {
            object.keySet().forEach(name -> shown.put(name, INSTEAD));
        }
        return shown;
    }

    private static @Nullable Object hidden(@Nullable Object value, Set<List<String>> ways) {
        if (value == null) {
            return null;
        } else if (ways.stream().anyMatch(List::isEmpty)) {
            return INSTEAD;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            map.forEach((name, each) -> shown.put(String.valueOf(name), below(String.valueOf(name), each, ways)));
            return shown;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> shown = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                shown.add(below(String.valueOf(i), list.get(i), ways));
            }
            return shown;
        }
        return value;
    }

    private static @Nullable Object below(String name, @Nullable Object value, Set<List<String>> ways) {
        Set<List<String>> further = ways.stream()
                .filter(way -> way.get(0).equals(ANY) || way.get(0).equals(name))
                .map(way -> way.subList(1, way.size()))
                .collect(Collectors.toSet());
        return further.isEmpty() ? value : hidden(value, further);
    }
}
