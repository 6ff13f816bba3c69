// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.time.Instant;

/**
 * Something an operator did, brought, or was refused. Holds no payload and no secret.
 *
 * @param who who, such as {@code user ann}
 * @param action what, such as {@code cancel} or {@code refused}
 * @param target what it was done to, such as a job; may be empty
 * @param detail more, for people; may be empty
 */
public record AuditEntry(Instant at, String who, String action, String target, String detail) {

    private static final int LONG = 400;
    private static final int LONGEST = 2_000;

    /** Cuts what is too long for a row, and puts U+FFFD in the place of U+0000, which not every store can hold. */
    public AuditEntry {
        who = cut(who, LONG);
        action = cut(action, LONG / 4);
        target = cut(target, LONG);
        detail = cut(detail, LONGEST);
    }

    private static String cut(String words, int most) {
        String text = words.replace('\0', '\uFFFD');
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
