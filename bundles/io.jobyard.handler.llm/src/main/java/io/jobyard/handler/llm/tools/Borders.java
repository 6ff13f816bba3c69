// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import java.text.BreakIterator;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Positions at which a text may be cut, best kind first. The end of a text is a border of every kind. */
final class Borders {

    private static final Pattern BLANK_LINES = Pattern.compile("(?>\\r\\n|[\\n\\r])(?:[ \\t]*+(?>\\r\\n|[\\n\\r]))++");
    private static final Pattern CHARACTER = Pattern.compile("\\X");
    private static final Pattern CODE_POINT = Pattern.compile("(?s).");

    private final List<BitSet> kinds;
    private final BitSet words;

    Borders(String text) {
        BitSet characters = endsOf(CHARACTER, text);
        words = within(characters, breaks(BreakIterator.getLineInstance(Locale.ROOT), text));
        kinds = List.of(
                within(characters, endsOf(BLANK_LINES, text)),
                within(characters, breaks(BreakIterator.getSentenceInstance(Locale.ROOT), text)),
                words,
                characters,
                endsOf(CODE_POINT, text));
        words.set(0);
        kinds.forEach(kind -> kind.set(text.length()));
    }

    List<BitSet> bestFirst() {
        return kinds;
    }

    /** Returns the positions where a line may be broken, at each of which a word begins. */
    BitSet words() {
        return words;
    }

    private static BitSet endsOf(Pattern pattern, String text) {
        BitSet ends = new BitSet(text.length() + 1);
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            ends.set(matcher.end());
        }
        return ends;
    }

    private static BitSet breaks(BreakIterator iterator, String text) {
        BitSet breaks = new BitSet(text.length() + 1);
        iterator.setText(text);
        for (int at = iterator.first(); at != BreakIterator.DONE; at = iterator.next()) {
            breaks.set(at);
        }
        return breaks;
    }

    private static BitSet within(BitSet characters, BitSet borders) {
        borders.and(characters);
        return borders;
    }
}
