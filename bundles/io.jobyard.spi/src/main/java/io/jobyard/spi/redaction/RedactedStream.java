// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.redaction;

/** Redacts a stream of pieces: a piece that may end within a secret is withheld until the next one shows whether it does. */
public final class RedactedStream {

    private final SecretRedactor redactor;
    private String kept = "";
    private boolean isCut = true;

    /** Begins a stream. The redactor knows the secrets; it may learn more of them while the stream grows. */
    public RedactedStream(SecretRedactor redactor) {
        this.redactor = redactor;
    }

    /** Adds the next piece and returns the text that can be shown now, without secrets; may be empty. */
    public synchronized String next(String piece) {
        SecretRedactor.ToldPart part = redactor.ofStream(kept + piece, isCut);
        kept = part.kept();
        isCut = part.told().isEmpty() ? isCut : SecretRedactor.endsWithOmission(part.told());
        return part.told();
    }

    /** Ends the stream here, where it may be cut within a secret, and returns the withheld rest, redacted; the stream may continue. */
    public synchronized String end() {
        String last = redactor.redact(kept);
        kept = "";
        isCut = true;
        return last;
    }
}
