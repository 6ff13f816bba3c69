// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host of the database, as of some seconds ago at most.
 *
 * @param name its name and process, such as {@code build-7:4711}
 * @param incarnation its id, fresh at each of its starts
 * @param since when it began
 * @param leader whether it starts jobs, for all hosts
 * @param leaseUntil until when it is taken to live without another word; null if no other host can open the database
 * @param room how many jobs it takes at once, those that it runs among them
 * @param running how many jobs it runs, and has been given to run
 * @param handlers what it gives jobs to
 * @param version the version of its program; empty before it has told
 * @param draining whether it finishes what it runs and is given nothing more
 * @param here whether it is the one that tells this
 */
public record HostStatus(
        String name,
        UUID incarnation,
        Instant since,
        boolean leader,
        @Nullable Instant leaseUntil,
        int room,
        int running,
        List<Handler> handlers,
        String version,
        boolean draining,
        boolean here) {

    public HostStatus {
        handlers = List.copyOf(handlers);
    }

    /**
     * A handler of a host.
     *
     * @param version the handler's version
     * @param bundle symbolic name and version of its bundle
     */
    public record Handler(String type, String version, String bundle) {}
}
