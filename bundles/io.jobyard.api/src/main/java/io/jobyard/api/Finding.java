// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.stream.Stream;

/**
 * Problem of the host that needs attention. It contains no command; each interface adds its own calls of the remedies.
 *
 * @param subject one of the constants below, a PID, for example {@code io.jobyard.worker}, or a limit
 * @param problem description of the problem, with its begin if known
 * @param note whether the finding only notes an intended state
 * @param remedies operations and views of the host that help; often empty
 */
public record Finding(String subject, String problem, String fix, boolean note, List<Remedy> remedies) {

    /** Subject of findings about the store and its database. */
    public static final String STORE = "store";
    /** Subject of findings about ready jobs that are not blocked and do not start, and about backlog alerts. */
    public static final String BACKLOG = "backlog";
    /** Subject of findings about types that jobs wait for and no host serves. */
    public static final String HANDLER = "handler";
    /** Subject of findings about files in {@code deploy/} that are not in use. */
    public static final String DEPLOY = "deploy";
    /** Subject of findings about threads that do not return. */
    public static final String WORKER = "worker";
    /** Subject of findings about quarantined bundles. */
    public static final String QUARANTINE = "quarantine";
    /** Subject of findings about listeners that throw or are too slow. */
    public static final String LISTENER = "listener";
    /** Subject of findings about disk space. */
    public static final String DISK = "disk";
    /** Subject of findings about the memory of the host's process. */
    public static final String MEMORY = "memory";
    /** Subject of findings about the permissions of the instance's files. */
    public static final String FILES = "files";
    /** Subject of findings about the wall clock. */
    public static final String CLOCK = "clock";
    /** Subject of findings about the whole configuration. A finding about one PID or limit has this PID or limit as its subject. */
    public static final String CONFIGURATION = "configuration";

    public Finding {
        remedies = List.copyOf(remedies);
    }

    /**
     * Creates a problem.
     *
     * @param subject subject, as in this record
     */
    public Finding(String subject, String problem, String fix) {
        this(subject, problem, fix, false, List.of());
    }

    /**
     * Creates a note about an intended state.
     *
     * @param subject subject, as in this record
     * @param fix text about how to change the state
     */
    public static Finding note(String subject, String what, String fix) {
        return new Finding(subject, what, fix, true, List.of());
    }

    /**
     * Returns a copy with further remedies.
     *
     * @param more operations and views of the host
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
