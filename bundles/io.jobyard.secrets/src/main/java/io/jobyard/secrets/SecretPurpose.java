// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The use of a secret. Each use that sends or signs has a keyword, which a schema sets on a field in addition to the
 * secret mark.
 */
enum SecretPurpose {
    /** Passes the secret to the handler, in a marked field or by name. */
    FIELD(""),
    /** Sends the secret itself to the job's destination. */
    HEADER("x-jobyard-secret-header"),
    /** Signs a request to the job's destination. The secret itself is not sent. */
    SIGN("x-jobyard-secret-sign");

    private static final String USE = "use some of sign, header, field";

    /** The schema keyword; empty for a plain field. */
    final String keyword;

    SecretPurpose(String keyword) {
        this.keyword = keyword;
    }

    /**
     * Parses a list, for example {@code sign, header}. Throws {@link IllegalArgumentException} with a message that
     * lists the valid uses.
     */
    static Set<SecretPurpose> list(String text) {
        Set<SecretPurpose> purposes = EnumSet.noneOf(SecretPurpose.class);
        for (String each : text.split(",", -1)) {
            purposes.add(Stream.of(values())
                    .filter(purpose -> purpose.text().equals(each.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(USE)));
        }
        return purposes;
    }

    /** Returns whether a policy for this use must name origins. */
    boolean needsOrigin() {
        return this != FIELD;
    }

    /** Returns the text used in policies. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
