// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;

/**
 * Jobs that a pause affects.
 *
 * @param name the name of the queue, type, limit or user; empty for all jobs
 */
public record PauseTarget(TargetKind kind, String name) {

    /** Kind of target. */
    public enum TargetKind {
        /** Jobs in a queue. */
        QUEUE,
        /** Jobs of a type. */
        TYPE,
        /** Jobs that use a limit, which they or their handler name. */
        LIMIT,
        /** Jobs of a submitter. */
        USER,
        /** All jobs. */
        ALL
    }

    /** Target of all jobs. */
    public static final PauseTarget ALL = new PauseTarget(TargetKind.ALL, "");

    /**
     * Returns the target of the jobs in a queue.
     *
     * @param name name of the queue; a configuration is not required
     */
    public static PauseTarget queue(String name) {
        return new PauseTarget(TargetKind.QUEUE, name);
    }

    /** {@return the stored text form: the name of a queue, or the kind and the name, for example {@code type:summarize}} */
    public String text() {
        return kind == TargetKind.QUEUE ? name : word() + ":" + name;
    }

    /** {@return the target with this {@link #text}; a queue if the form is unknown, for example from another version} */
    public static PauseTarget of(String text) {
        int colon = text.indexOf(':');
        for (TargetKind kind : TargetKind.values()) {
            if (kind != TargetKind.QUEUE
                    && colon > 0
                    && text.substring(0, colon).equals(word(kind))) {
                return new PauseTarget(kind, text.substring(colon + 1));
            }
        }
        return queue(text);
    }

    private String word() {
        return word(kind);
    }

    private static String word(TargetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns text for users, for example {@code queue llm} or {@code all jobs}. */
    @Override
    public String toString() {
        return kind == TargetKind.ALL ? "all jobs" : word() + " " + name;
    }
}
