// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;

/**
 * Which jobs a pause holds.
 *
 * @param name the name of the queue, type, limit or user; empty for all jobs
 */
public record PauseTarget(TargetKind kind, String name) {

    /** By what jobs are paused. */
    public enum TargetKind {
        /** Jobs in a queue. */
        QUEUE,
        /** The jobs of a type. */
        TYPE,
        /** The jobs that draw on a limit, by themselves or by their handler. */
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
     * The same as it is stored: the name of a queue alone, and before all other names what they are of.
     *
     * @return such as {@code llm} or {@code type:summarize}
     */
    public String text() {
        return kind == TargetKind.QUEUE ? name : word() + ":" + name;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @return the target; a queue for whatever another version may have written
     */
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
