// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.Optional;
import java.util.stream.Stream;

/** Origin of a limit. */
public enum LimitKind {
    /** Configuration {@code io.jobyard.limits-NAME}, for jobs that name the limit, or whose handler names it. */
    LIMIT("limit"),
    /** Queue, for the jobs in it. */
    QUEUE("queue"),
    /** Role, for the starts of its members' jobs. */
    ROLE("role"),
    /** Type, for its jobs while too many of their attempts fail. */
    CIRCUIT("circuit"),
    /** Type whose canary was rolled back. */
    CANARY("canary"),
    /** Role, for the submits of its members. */
    SUBMISSION("submit");

    private final String text;

    LimitKind(String text) {
        this.text = text;
    }

    /** Returns the word for explain and the store, for example {@code limit}. */
    public String text() {
        return text;
    }

    /** Returns the kind with this {@link #text()}; empty if unknown. */
    public static Optional<LimitKind> find(String text) {
        return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
}
