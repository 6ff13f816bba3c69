// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.ValidationException;
import io.jobyard.api.spi.VisibleText;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses names of users that people would take for others: roles, histories and the audit tell users apart by nothing else. */
final class UserNames {

    /** Scripts that languages write together, as of Unicode's UTS 39. */
    private static final List<Set<UnicodeScript>> TOGETHER = List.of(
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL));

    private UserNames() {}

    /** Whether a new user may have that name beside those that there are. */
    static void requireUnmistakable(String name, Collection<String> others) {
        Set<UnicodeScript> scripts = name.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
        if (scripts.size() > 1 && TOGETHER.stream().noneMatch(together -> together.containsAll(scripts))) {
            throw new ValidationException("user '" + VisibleText.line(name) + "' is refused: it mixes the scripts "
                    + scripts.stream().map(Enum::name).collect(Collectors.joining(", "))
                    + ", whose letters look alike; use letters of one script");
        }
        String folded = folded(name);
        Stream.concat(others.stream(), Stream.of(HistoryEvent.HOST))
                .filter(other -> !other.equals(name) && folded(other).equals(folded))
                .findFirst()
                .ifPresent(other -> {
                    throw new ValidationException("user '" + VisibleText.line(name)
                            + "' is refused: written plainly it is '" + VisibleText.line(other)
                            + "', which is another user's name or the host's; use a name of its own");
                });
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC);
    }
}
