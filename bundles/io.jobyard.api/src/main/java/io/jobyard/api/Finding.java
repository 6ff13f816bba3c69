// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.stream.Stream;

/**
 * A problem of the host that needs attention. It names no command; each interface adds how to request the remedies.
 *
 * @param subject what it concerns: one of the constants below, a PID such as {@code io.jobyard.worker}, or a limit
 * @param problem the problem, with its begin if known
 * @param note whether it is only a note about an intended state
 * @param remedies operations and views of the host that help; often empty
 */
public record Finding(String subject, String problem, String fix, boolean note, List<Remedy> remedies) {

    /** The subject of findings about the store and its database. */
    public static final String STORE = "store";
    /** The subject of findings about ready jobs: nothing holds them and nobody starts them, or a backlog alert is passed. */
    public static final String BACKLOG = "backlog";
    /** The subject of findings about types that jobs wait for and nobody serves. */
    public static final String HANDLER = "handler";
    /** The subject of findings about files in {@code deploy/} that are not in use. */
    public static final String DEPLOY = "deploy";
    /** The subject of findings about threads that do not come back. */
    public static final String WORKER = "worker";
    /** Subject of findings about quarantined bundles. */
    public static final String QUARANTINE = "quarantine";
    /** The subject of findings about listeners that misbehave. */
    public static final String LISTENER = "listener";
    /** The subject of findings about room on the disk. */
    public static final String DISK = "disk";
    /** The subject of findings about the memory of the host's process. */
    public static final String MEMORY = "memory";
    /** The subject of findings about who may read and write the instance's files. */
    public static final String FILES = "files";
    /** The subject of findings about the wall clock. */
    public static final String CLOCK = "clock";
    /** The subject of findings about configuration as a whole; what concerns one PID or limit has that for its subject. */
    public static final String CONFIGURATION = "configuration";

    public Finding {
        remedies = List.copyOf(remedies);
    }

    /**
     * What is wrong.
     *
     * @param subject what it concerns
     */
    public Finding(String subject, String problem, String fix) {
        this(subject, problem, fix, false, List.of());
    }

    /**
     * Creates a note about an intended state.
     *
     * @param subject what it concerns
     * @param fix how to change it
     */
    public static Finding note(String subject, String what, String fix) {
        return new Finding(subject, what, fix, true, List.of());
    }

    /**
     * The same, with what helps.
     *
     * @param more what the host does or shows
     */
    public Finding with(Remedy... more) {
        return new Finding(
                subject,
                problem,
                fix,
                note,
                Stream.concat(remedies.stream(), Stream.of(more)).toList());
    }
}
