// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a secret is used for. Each that sends or signs has a keyword of its own, with which a schema marks the field beside the mark of secrets. */
enum SecretPurpose {
    /** A handler gets it: in a marked field, or by its name. */
    FIELD(""),
    /** A handler sends it, as it is, to the job's destination. */
    HEADER("x-jobyard-secret-header"),
    /** A handler signs with it what it sends to the job's destination, and does not send it. */
    SIGN("x-jobyard-secret-sign");

    private static final String USE = "use some of sign, header, field";

    /** Empty for a field without another keyword. */
    final String keyword;

    SecretPurpose(String keyword) {
        this.keyword = keyword;
    }

    /** Reads {@code sign, header}; throws {@link IllegalArgumentException}, whose message says what to use. */
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

    /** Returns whether a policy names the origins that it is for. */
    boolean needsOrigin() {
        return this != FIELD;
    }

    /** As it is written in a policy. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
