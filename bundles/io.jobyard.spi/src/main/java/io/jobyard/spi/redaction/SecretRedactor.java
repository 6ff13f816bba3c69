// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets in texts: as plain text, JSON-escaped, percent-encoded, in base64, and layers of these. Where a text was cut, the rest
 * of a secret is also replaced if it has at least 4 characters. A text counts as cut at its start, at its end and at ellipses, so redact
 * before you cut.
 */
public final class SecretRedactor {

    private static final int SHORTEST_REMAINDER = 4;
    private static final Pattern OMISSION = Pattern.compile("\\.\\.\\.|\u2026|\\[truncated");

    private static final Pattern ENDING_OMISSION = Pattern.compile("(?:" + OMISSION + ")$");
    private static final Pattern CLOSING = Pattern.compile("[\"' ]+$");
    /** Matches the rest of an escape at the start of a text that was cut within it. */
    private static final Pattern CUT_ESCAPE = Pattern.compile("u?[0-9A-Fa-f]{0,4}");

    private static final int LONGEST_CUT_ESCAPE = 5;

    private final List<SecretPattern> patterns = new CopyOnWriteArrayList<>();

    /** Adds a secret of at least 4 characters, and its replacement text. */
    public void add(String secret, String shown) {
        if (secret.length() < SHORTEST_REMAINDER) {
            throw new IllegalArgumentException(
                    "a secret to redact has at least " + SHORTEST_REMAINDER + " characters: use a longer one");
        }
        patterns.addAll(SecretPattern.of(secret, shown));
    }

    /** Returns whether there are no secrets, so that all texts remain unchanged. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Redacts a text that may have been cut. Removes secrets, and their remainders at its start, its end and next to ellipses. */
    public String redact(String text) {
        if (patterns.isEmpty() || text.isEmpty()) {
            return text;
        }
        List<HiddenRange> found = whole(text);
        addRemainders(text, true, true, found);
        return HiddenRange.hide(text, found);
    }

    /** Redacts a text that was not cut, for example a number. */
    public String redactUncut(String text) {
        return patterns.isEmpty() || text.isEmpty() ? text : HiddenRange.hide(text, whole(text));
    }

    private List<HiddenRange> whole(String text) {
        List<HiddenRange> found = new ArrayList<>();
        TextView.all(text).forEach(view -> addWhole(view, found));
        return found;
    }

    /**
     * Returns the part of a stream that can be shown, without secrets and without a possible beginning of one at its end. The stream may
     * have been cut before the text.
     */
    ToldPart ofStream(String text, boolean isCutBefore) {
        if (patterns.isEmpty() || text.isEmpty()) {
            return new ToldPart(text, "");
        }
        List<HiddenRange> found = new ArrayList<>();
        int begun = text.length();
        for (TextView view : TextView.all(text)) {
            addWhole(view, found);
            begun = Math.min(begun, begun(view, text.length()));
        }
        addRemainders(text, isCutBefore, false, found);
        for (HiddenRange each : found) {
            begun = each.from() < begun && begun < each.to() ? each.to() : begun;
        }
        int end = begun;
        List<HiddenRange> told = found.stream().filter(each -> each.to() <= end).toList();
        return new ToldPart(HiddenRange.hide(text.substring(0, end), told), text.substring(end));
    }

    /** Returns whether the text ends with an ellipsis. */
    static boolean endsWithOmission(String text) {
        return ENDING_OMISSION.matcher(text).find();
    }

    /**
     * A text of a stream.
     *
     * @param told the part that can be shown now
     * @param kept the part that waits for the following text
     */
    record ToldPart(String told, String kept) {}

    /** Returns the position of the first secret or escape that the end of the text may cut. */
    private int begun(TextView view, int length) {
        int end = view.bytes.length();
        int begun = Math.min(length, view.cutAt());
        for (SecretPattern pattern : patterns) {
            int characters = pattern.startedBefore(view.bytes, end);
            begun = characters == 0 ? begun : Math.min(begun, view.from(end - characters));
        }
        return begun;
    }

    private void addWhole(TextView view, List<HiddenRange> found) {
        for (SecretPattern pattern : patterns) {
            int length = pattern.bytes().length();
            for (int at = view.bytes.indexOf(pattern.bytes());
                    at >= 0;
                    at = view.bytes.indexOf(pattern.bytes(), at + 1)) {
                found.add(new HiddenRange(view.from(at), view.to(at + length - 1), pattern.shown()));
            }
        }
    }

    /** Adds the remainders of secrets at cuts: at ellipses, and at the ends of the text that may be cuts. */
    private void addRemainders(String text, boolean isCutBefore, boolean isCutAfter, List<HiddenRange> found) {
        Matcher omission = OMISSION.matcher(text);
        int start = 0;
        boolean isStart = isCutBefore;
        while (omission.find()) {
            addRemainders(text, start, omission.start(), isStart, true, found);
            start = omission.end();
            isStart = true;
        }
        addRemainders(text, start, text.length(), isStart, isCutAfter, found);
    }

    /** Checks a piece of the text with and without its closing quotation marks. */
    private void addRemainders(
            String text, int start, int end, boolean isStart, boolean isEnd, List<HiddenRange> found) {
        String piece = text.substring(start, end);
        String opened = CLOSING.matcher(piece).replaceFirst("");
        List<HiddenRange> remainders = new ArrayList<>();
        addFromPiece(piece, isStart, isEnd, remainders);
        if (!opened.equals(piece)) {
            addFromPiece(opened, isStart, isEnd, remainders);
        }
        remainders.forEach(each -> found.add(new HiddenRange(start + each.from(), start + each.to(), each.shown())));
    }

    private void addFromPiece(String piece, boolean isStart, boolean isEnd, List<HiddenRange> found) {
        for (TextView view : TextView.all(piece)) {
            for (SecretPattern pattern : patterns) {
                if (isStart && isEnd && pattern.contains(view.bytes)) {
                    found.add(new HiddenRange(0, piece.length(), pattern.shown()));
                }
                if (isEnd) {
                    addStart(pattern, view, piece.length(), found);
                }
                if (isStart) {
                    addEnd(pattern, view, found);
                }
            }
        }
    }

    private static void addStart(SecretPattern pattern, TextView view, int end, List<HiddenRange> found) {
        int started = pattern.startedBefore(view.bytes, view.bytes.length());
        if (started >= SHORTEST_REMAINDER && started != pattern.open()) {
            found.add(new HiddenRange(view.from(view.bytes.length() - started), end, pattern.shown()));
        }
    }

    private static void addEnd(SecretPattern pattern, TextView view, List<HiddenRange> found) {
        for (int skipped = 0; skipped <= LONGEST_CUT_ESCAPE && skipped < view.bytes.length(); skipped++) {
            boolean isEscape =
                    CUT_ESCAPE.matcher(view.bytes.substring(0, skipped)).matches();
            int ended = isEscape ? pattern.endedAfter(view.bytes, skipped) : 0;
            if (ended >= SHORTEST_REMAINDER) {
                found.add(new HiddenRange(0, view.to(skipped + ended - 1), pattern.shown()));
            }
        }
    }

    /**
     * Range of hidden characters in a text.
     *
     * @param from index of the first hidden character
     * @param to index after the last hidden character
     * @param shown replacement text
     */
    record HiddenRange(int from, int to, String shown) {

        /** Returns the text with the ranges hidden. If ranges overlap, the replacement of the first and longest applies. */
        static String hide(String text, List<HiddenRange> ranges) {
            if (ranges.isEmpty()) {
                return text;
            }
            List<HiddenRange> sorted = new ArrayList<>(ranges);
            sorted.sort(Comparator.comparingInt(HiddenRange::from)
                    .thenComparing(Comparator.comparingInt(HiddenRange::to).reversed()));
            StringBuilder shown = new StringBuilder();
            int done = 0;
            for (HiddenRange range : sorted) {
                if (range.from() >= done) {
                    shown.append(text, done, range.from()).append(range.shown());
                }
                done = Math.max(done, Math.min(range.to(), text.length()));
            }
            return shown.append(text, done, text.length()).toString();
        }
    }
}
