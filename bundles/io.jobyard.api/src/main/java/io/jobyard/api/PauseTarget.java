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
        /** The jobs of a type. */
        TYPE,
        /** The jobs that use a limit, which they or their handler name. */
        LIMIT,
        /** The jobs of a submitter. */
        USER,
        /** All jobs. */
        ALL
    }

    /** All jobs. */
    public static final PauseTarget ALL = new PauseTarget(TargetKind.ALL, "");

    /**
     * Jobs in a queue.
     *
     * @param name its name; a configuration is not required
     */
    public static PauseTarget queue(String name) {
        return new PauseTarget(TargetKind.QUEUE, name);
    }

    /**
     * {@return the stored text form: only the name for a queue; for all others the kind before the name, for example {@code
     * type:summarize}}
     */
    public String text() {
        return kind == TargetKind.QUEUE ? name : word() + ":" + name;
    }

    /** {@return the target of the text from {@link #text}; a queue for an unknown form of another version} */
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

    /** For people: {@code queue llm}, {@code all jobs}. */
    @Override
    public String toString() {
        return kind == TargetKind.ALL ? "all jobs" : word() + " " + name;
    }
}
