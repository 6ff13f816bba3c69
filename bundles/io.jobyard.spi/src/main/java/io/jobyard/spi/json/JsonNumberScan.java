// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scanner for the numbers of a JSON text, which tracks the position. */
final class JsonNumberScan {

    /** Index in an array, or a key of an object, which is stored as its offset in the text. */
    private static final class ScanPosition {
        final boolean array;
        int index;
        int keyFrom;
        int keyTo;

        ScanPosition(boolean array) {
            this.array = array;
        }
    }

    private final String json;
    private final Deque<ScanPosition> positions = new ArrayDeque<>();
    private int at;
    private int stringFrom;
    private int stringTo;

    JsonNumberScan(String json) {
        this.json = json;
    }

    Optional<String> problem() {
        while (at < json.length()) {
            String fault = isPunctuation(json.charAt(at)) ? punctuation() : JsonNumbers.fault(token());
            if (fault != null) {
                return Optional.of(pointer() + ": " + fault);
            }
        }
        return Optional.empty();
    }

    private @Nullable String punctuation() {
        char c = json.charAt(at);
        if (c == '"') {
            string();
        } else if (c == '{' || c == '[') {
            positions.push(new ScanPosition(c == '['));
        } else if (c == '}' || c == ']') {
            positions.poll();
        } else if (!positions.isEmpty()) {
            ScanPosition position = positions.peek();
            if (c == ',') {
                position.index++;
            } else if (c == ':') {
                position.keyFrom = stringFrom;
                position.keyTo = stringTo;
            }
        }
        at++;
        return null;
    }

    private void string() {
        stringFrom = ++at;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        stringTo = Math.min(at, json.length());
    }

    private String token() {
        int from = at;
        while (at < json.length() && !isPunctuation(json.charAt(at))) {
            at++;
        }
        return json.substring(from, at);
    }

    private static boolean isPunctuation(char c) {
        return c <= ' ' || c == '"' || c == ',' || c == ':' || c == '{' || c == '}' || c == '[' || c == ']';
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Iterator<ScanPosition> outermostFirst = positions.descendingIterator(); outermostFirst.hasNext(); ) {
            ScanPosition position = outermostFirst.next();
            pointer.append(
                    position.array
                            ? "/" + position.index
                            : JsonNumbers.step(json.substring(position.keyFrom, position.keyTo)));
        }
        return pointer.toString();
    }
}
