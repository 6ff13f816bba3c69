// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.redaction;

/** Redaction of a stream of pieces. If a piece may end within a secret, its end is withheld until the next piece shows whether it does. */
public final class RedactedStream {

    private final SecretRedactor redactor;
    private String kept = "";
    private boolean isCut = true;

    /**
     * Creates the redaction.
     *
     * @param redactor redactor with the secrets; more secrets may be added while the stream grows
     */
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

    /**
     * Ends the stream at this position, where it may be cut within a secret. Returns the withheld rest, redacted. The stream may continue.
     */
    public synchronized String end() {
        String last = redactor.redact(kept);
        kept = "";
        isCut = true;
        return last;
    }
}
