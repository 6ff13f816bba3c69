// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.Optional;
import java.util.stream.Stream;

/** Origin of a limit. */
public enum LimitKind {
    /** A configuration {@code io.jobyard.limits-NAME}: the jobs that name it, or whose handler does. */
    LIMIT("limit"),
    /** A queue: the jobs in it. */
    QUEUE("queue"),
    /** A role: the starts of its members' jobs. */
    ROLE("role"),
    /** A type: its jobs, while too many of their attempts fail. */
    CIRCUIT("circuit"),
    /** A type: its canary, which has rolled back. */
    CANARY("canary"),
    /** A role: the jobs that its members submit. */
    SUBMISSION("submit");

    private final String text;

    LimitKind(String text) {
        this.text = text;
    }

    /** Word for explain and the store, for example {@code limit}. */
    public String text() {
        return text;
    }

    /** Returns the kind for a word of {@link #text()}; empty if unknown. */
    public static Optional<LimitKind> find(String text) {
        return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
