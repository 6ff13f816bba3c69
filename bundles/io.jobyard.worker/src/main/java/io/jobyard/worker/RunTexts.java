// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.redaction.RedactedStream;
import io.jobyard.spi.redaction.SecretRedactor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Texts of a run that other users may read. Each text is redacted before it is cut. */
final class RunTexts {

    /**
     * Maximum length of a text to redact. If a longer text were cut before its redaction, an unrecognizable part of a secret could remain.
     */
    private static final int MAX_REDACTED = 100_000;

    private final SecretRedactor secrets = new SecretRedactor();
    private final RedactedStream stream = new RedactedStream(secrets);
    private volatile @Nullable UnaryOperator<String> others;

    /** Redacts a secret in all later texts. */
    void redact(String secret, String shown) {
        secrets.add(secret, shown);
    }

    /** Adds a redaction for all later texts. It runs after the earlier redactions. */
    synchronized void redact(UnaryOperator<String> further) {
        UnaryOperator<String> before = others;
        others = before == null ? further : text -> further.apply(before.apply(text));
    }

    /** Returns whether nothing is redacted. */
    boolean areShown() {
        return others == null && secrets.isEmpty();
    }

    /** Returns the redaction of the run's values; null if they may be shown unchanged. */
    @Nullable
    RunRedaction redaction() {
        return areShown()
                ? null
                : new RunRedaction() {
                    @Override
                    public String text(String text) {
                        return without(secrets.redact(text));
                    }

                    @Override
                    public String number(String number) {
                        return without(secrets.redactUncut(number));
                    }
                };
    }

    private String without(String text) {
        UnaryOperator<String> all = others;
        return all == null ? text : all.apply(text);
    }

    /** Returns the redacted text, cut to the length of one line. If the redaction fails, returns a placeholder. */
    String line(String text) {
        return ErrorText.cut(whole(text));
    }

    /** Returns the redacted text without a cut. */
    String whole(String text) {
        return seen(text, secrets::redact);
    }

    /**
     * Returns the part of the job's stream that can be shown after this piece. A possible beginning of a secret waits for the next piece.
     */
    String emitted(String piece) {
        return seen(piece, stream::next);
    }

    /** Returns the rest of the stream. */
    String lastEmitted() {
        String last = stream.end();
        return last.isEmpty() ? "" : seen(last, redacted -> redacted);
    }

    private String seen(String text, UnaryOperator<String> redaction) {
        if (areShown()) {
            return text;
        } else if (text.length() > MAX_REDACTED) {
            return "(withheld: " + text.length() + " characters are too many to look for secrets in)";
        }
        try {
            return without(redaction.apply(text));
        } catch (RuntimeException | Error e) {
            return "(withheld: redaction failed with " + e.getClass().getSimpleName() + ")";
        }
    }

    /** Returns the stack trace in pieces that fit into log lines. Throws no exception. */
    List<String> stack(Throwable thrown) {
        try {
            Throwable shown = ErrorText.shown(thrown);
            return !areShown() && shown != thrown
                    ? List.of("(withheld: too large to search for secrets)")
                    : StackTrace.pieces(shown, this::line);
        } catch (RuntimeException | Error e) {
            return List.of("(withheld: failed with " + e.getClass().getSimpleName() + ")");
        }
    }
}
