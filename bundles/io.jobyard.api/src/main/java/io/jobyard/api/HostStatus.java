// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Host of the database. The values are at most a few seconds old.
 *
 * @param name name and process of the host, for example {@code build-7:4711}
 * @param leader whether the host starts the jobs of all hosts
 * @param handlers handlers that the host offers
 * @param draining whether the host only finishes its running jobs
 * @param here whether the host is the one that answers
 */
public record HostStatus(
        String name,
        HostLife life,
        boolean leader,
        HostLoad load,
        List<HandlerOnHost> handlers,
        boolean draining,
        boolean here) {

    public HostStatus {
        handlers = List.copyOf(handlers);
    }

    /**
     * Incarnation of a host.
     *
     * @param incarnation ID of the incarnation, new at each start
     * @param since time of the start
     * @param version version of the program; empty until the host has published it
     * @param leaseUntil time until which it counts as alive without a renewal; null if no other host can open the database
     */
    public record HostLife(
            UUID incarnation,
            Instant since,
            String version,
            @Nullable Instant leaseUntil) {}

    /**
     * Load of a host.
     *
     * @param room maximum number of simultaneous jobs that use a thread, including running jobs
     * @param running number of such jobs that run on it or are assigned to it
     * @param asyncRoom maximum number of simultaneous jobs of asynchronous handlers, including running jobs
     * @param asyncRunning number of such jobs that run on it or are assigned to it
     */
    public record HostLoad(int room, int running, int asyncRoom, int asyncRunning) {}

    /**
     * Handler of a host.
     *
     * @param version version of the handler
     * @param bundle symbolic name and version of its bundle
     */
    public record HandlerOnHost(String type, String version, String bundle) {}
}
