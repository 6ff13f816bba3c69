// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.Configurations.ValueChange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Former values of a file. It undoes one change after the other, the latest first. Not thread-safe. */
final class FormerValues {

    private final String name;
    private final Map<String, String> values;
    /** Keys whose value at this point is a secret, or too long for the audit. */
    private final Set<String> hidden = new TreeSet<>();

    private final Set<String> cut = new TreeSet<>();

    /** Begins with the current values. */
    FormerValues(String name, Map<String, String> now) {
        this.name = name;
        values = new TreeMap<>(now);
    }

    /** Undoes the changes of an entry. Throws if they did not lead to the current values. */
    void undo(String id, List<ValueChange> changes) {
        requireAfter(id, changes);
        for (ValueChange change : changes) {
            String key = change.key();
            String before = change.before();
            String now = values.remove(key);
            hidden.remove(key);
            cut.remove(key);
            if (before != null) {
                put(key, before, change.after(), now);
            }
        }
    }

    /** Throws if the values at this point differ from those after an entry. */
    void requireAfter(String id, List<ValueChange> changes) {
        changes.stream().filter(change -> !leadsHere(change)).findFirst().ifPresent(change -> {
            throw new ValidationException(
                    "the audit does not contain the exact earlier values: " + change.key() + " was "
                            + (change.after() == null ? "missing" : change.after()) + " after entry " + id
                            + ", but a later entry does not match this value; edit the file manually, or wait a second"
                            + " if you have just written it");
        });
    }

    private boolean leadsHere(ValueChange change) {
        String key = change.key();
        if (hidden.contains(key) || cut.contains(key)) {
            return change.after() != null;
        }
        String now = values.get(key);
        String after = change.after();
        if (now == null || after == null) {
            return now == null && after == null;
        }
        String shown = AuditedValue.shown(name, key, now);
        return shown.equals(after)
                || after.equals(
                        AuditedValue.HIDDEN) // the configuration was refused, so the audit has none of its values
                || after.startsWith(ChangeDetail.LEFT_OUT) && shown.endsWith(after.substring(1))
                || after.endsWith(ChangeDetail.LEFT_OUT) && isBeginning(after, shown);
    }

    private static boolean isBeginning(String after, String shown) {
        String told = after.substring(0, after.length() - 1);
        return told.startsWith(ChangeDetail.LEFT_OUT) ? shown.contains(told.substring(1)) : shown.startsWith(told);
    }

    private void put(String key, String before, @Nullable String after, @Nullable String now) {
        if (before.contains(AuditedValue.HIDDEN)) {
            hidden.add(key);
        } else if (before.endsWith(ChangeDetail.LEFT_OUT)) {
            cut.add(key);
        } else if (before.startsWith(ChangeDetail.LEFT_OUT)) {
            String whole = whole(before, after, now);
            if (whole == null) {
                cut.add(key);
            } else {
                values.put(key, whole);
            }
        } else {
            values.put(key, before);
        }
    }

    /**
     * Restores a long value, of which the audit records the part from the first difference. The part before is the same
     * in both values.
     */
    private static @Nullable String whole(String before, @Nullable String after, @Nullable String now) {
        if (now == null
                || after == null
                || !after.startsWith(ChangeDetail.LEFT_OUT)
                || !now.endsWith(after.substring(1))) {
            return null;
        }
        return now.substring(0, now.length() - after.length() + 1) + before.substring(1);
    }

    /** Returns the values at this point. Throws if some of them are unknown. */
    Map<String, String> values() {
        if (!hidden.isEmpty()) {
            throw new ValidationException("the audit does not store secrets, and these secrets were different: "
                    + String.join(", ", hidden) + "; edit the file manually");
        }
        if (!cut.isEmpty()) {
            throw new ValidationException("the audit did not store the complete values of " + String.join(", ", cut)
                    + ", which are too long; edit the file manually");
        }
        return values;
    }

    /** Returns the differences of other values from these, masked for display. */
    static List<ValueChange> changes(String name, Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .map(key -> new ValueChange(key, shown(name, key, before.get(key)), shown(name, key, after.get(key))))
                .toList();
    }

    private static @Nullable String shown(String name, String key, @Nullable String value) {
        return value == null ? null : AuditedValue.shown(name, key, value);
    }
}
