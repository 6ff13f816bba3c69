// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.time.Instant;

/**
 * Entry of the audit about an operation of an operator, a deployment, a change or a rejection. It contains no payload and no secret.
 *
 * @param who caller, for example {@code user ann}
 * @param action action, for example {@code cancel} or {@code refused}
 * @param target object of the action, for example a job; may be empty
 * @param detail further text for users; may be empty
 */
public record AuditEntry(Instant at, String who, String action, String target, String detail) {

    private static final int LONG = 400;
    private static final int LONGEST = 2_000;

    /** Cuts text that is too long for a row, and replaces U+0000, which not every store can hold, by U+FFFD. */
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
