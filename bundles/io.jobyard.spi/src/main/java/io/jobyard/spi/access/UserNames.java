// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.access;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.ValidationException;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rules for user names. Roles, histories and the audit identify users only by name, so two names must never look alike. A name must have
 * one script, and Unicode's normalization form KC.
 */
public final class UserNames {

    /** Separator before the caller that acts as a user, in histories and in the audit. */
    static final String BY = ", by ";

    /** Excludes control characters, invisible characters, and a space at either end, which some databases ignore. */
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Z}\\p{C}](?:[^\\p{C}]{0,198}[^\\p{Z}\\p{C}])?");

    /** Scripts that languages use together, according to Unicode's UTS 39. */
    private static final List<Set<UnicodeScript>> TOGETHER = List.of(
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL));

    private static final int SHOWN = 60;

    private UserNames() {}

    /**
     * Checks a name.
     *
     * @throws ValidationException if the name is invalid; the message contains the reason and the rule for names
     */
    public static String check(String name) {
        String fault = fault(name);
        if (fault != null) {
            String printable = name.replaceAll("\\p{C}", "?");
            String shown = printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
            throw new ValidationException("invalid user '" + shown + "': " + fault);
        }
        return name;
    }

    /** Returns the reason why a name is invalid, and the rule for names, without the name itself; null if it is valid. */
    public static @Nullable String fault(String name) {
        if (!PRINTABLE.matcher(name).matches()) {
            return "use 1 to 200 printable characters, without a space at the beginning or end";
        }
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
        if (plain.equals(HistoryEvent.HOST) || plain.contains(BY)) {
            return "histories and the audit use " + HistoryEvent.HOST + " for the host itself, and \"" + BY
                    + "\" between two callers; use another name";
        } else if (!plain.equals(name)) {
            return "it is not in Unicode's form NFKC, so it looks like another name; write it plainly";
        }
        Set<UnicodeScript> scripts = scripts(name);
        return scripts.size() <= 1 || TOGETHER.stream().anyMatch(together -> together.containsAll(scripts))
                ? null
                : "it mixes the scripts " + scripts.stream().map(Enum::name).collect(Collectors.joining(", "))
                        + ", whose letters look alike; use letters of one script";
    }

    private static Set<UnicodeScript> scripts(String name) {
        return name.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
    }
}
