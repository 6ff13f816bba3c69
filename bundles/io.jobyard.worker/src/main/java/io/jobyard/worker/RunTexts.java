// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a run tells, as it may be seen. Safe for use by several threads. */
final class RunTexts {

    /** Where a longer text were cut before its redaction, the cut could leave a part of a secret that nobody knows. */
    private static final int MAX_REDACTED = 100_000;

    private volatile @Nullable UnaryOperator<String> redaction;

    synchronized void redact(UnaryOperator<String> further) {
        UnaryOperator<String> before = redaction;
        redaction = before == null ? further : text -> further.apply(before.apply(text));
    }

    /** What the run's texts pass through before anybody sees them; null if they may be seen as they are. */
    @Nullable
    UnaryOperator<String> redaction() {
        return redaction;
    }

    /** For people to read, and no longer than that. Withheld if the redaction cannot tell what of it may be seen. */
    String line(String text) {
        return ErrorText.cut(whole(text));
    }

    /** The same as long as it is. */
    String whole(String text) {
        UnaryOperator<String> all = redaction;
        if (all == null) {
            return text;
        } else if (text.length() > MAX_REDACTED) {
            return "(withheld: its " + text.length() + " characters are too many to look for secrets in)";
        }
        try {
            return all.apply(text);
        } catch (RuntimeException | Error e) {
            return "(withheld: its redaction threw " + e.getClass().getSimpleName() + ")";
        }
    }

    /** Where something was thrown, in pieces that a log can hold. Throws nothing itself. */
    List<String> stack(Throwable thrown) {
        try {
            Throwable shown = ErrorText.shown(thrown);
            return redaction != null && shown != thrown
                    ? List.of("(withheld: it is too large to look for secrets in)")
                    : StackTrace.pieces(shown, this::line);
        } catch (RuntimeException | Error e) {
            return List.of("(withheld: it threw " + e.getClass().getSimpleName() + ")");
        }
    }
}
