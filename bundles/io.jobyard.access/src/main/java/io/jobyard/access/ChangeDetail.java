// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Configurations.ValueChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text form of configuration changes in the audit, {@code members: ann → ann, bob; rate = 5/s; key was x}, and its
 * parser.
 */
final class ChangeDetail {

    /** Placeholder of text that is too long. */
    static final String LEFT_OUT = "…";

    private static final String NEXT = "; ";
    private static final String TO = " → ";
    private static final String[] AFTER_KEY = {": ", " = ", " was "};
    private static final String[] VERBS = {"new: ", "changed: ", "removed: "};

    private final String text;
    private int at;

    private ChangeDetail(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Returns the value, in quotes if it would be ambiguous without them. */
    static String written(String value) {
        boolean isPlain = !value.startsWith("\"")
                && !value.contains(NEXT)
                && !value.contains(TO)
                && value.strip().equals(value)
                && value.chars().noneMatch(Character::isISOControl);
        return isPlain
                ? value
                : '"'
                        + value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r")
                                .replace("\t", "\\t")
                        + '"';
    }

    /** Parses the changes; empty if the text does not describe a change. */
    static Optional<List<ValueChange>> read(String detail) {
        for (String verb : VERBS) {
            if (detail.startsWith(verb)) {
                return Optional.ofNullable(new ChangeDetail(detail, verb.length()).changes());
            }
        }
        return Optional.empty();
    }

    private @Nullable List<ValueChange> changes() {
        List<ValueChange> changes = new ArrayList<>();
        while (at < text.length()) {
            ValueChange change = change();
            if (change == null || at < text.length() && !skip(NEXT)) {
                return null;
            }
            changes.add(change);
        }
        return changes;
    }

    private @Nullable ValueChange change() {
        int end = text.length();
        String found = null;
        for (String sign : AFTER_KEY) {
            int position = text.indexOf(sign, at);
            if (position >= 0 && position < end) {
                end = position;
                found = sign;
            }
        }
        if (found == null) {
            return null;
        }
        String key = text.substring(at, end);
        at = end + found.length();
        String first = value();
        if (!found.equals(": ")) {
            return found.equals(" = ") ? new ValueChange(key, null, first) : new ValueChange(key, first, null);
        }
        return skip(TO) ? new ValueChange(key, first, value()) : null;
    }

    private String value() {
        if (text.startsWith("\"", at)) {
            return quoted();
        }
        int next = text.indexOf(NEXT, at);
        int to = text.indexOf(TO, at);
        int end = next < 0 ? text.length() : next;
        end = to < 0 ? end : Math.min(end, to);
        String value = text.substring(at, end);
        at = end;
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char escaped = text.charAt(at++);
                c = escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped == 't' ? '\t' : escaped;
            }
            value.append(c);
        }
        at++;
        return value.toString();
    }

    private boolean skip(String sign) {
        boolean is = text.startsWith(sign, at);
        at += is ? sign.length() : 0;
        return is;
    }
}
