// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host of the database, at most some seconds old.
 *
 * @param name its name and process, for example {@code build-7:4711}
 * @param leader whether it starts jobs, for all hosts
 * @param handlers the handlers that it offers
 * @param draining whether it finishes its runs and gets no more
 * @param here whether it is the host that answers
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
     * One incarnation of a host.
     *
     * @param incarnation its id, new at each start
     * @param since when it started
     * @param version the version of its program; empty before it has published it
     * @param leaseUntil until when it counts as alive without a renewal; null if no other host can open the database
     */
    public record HostLife(
            UUID incarnation,
            Instant since,
            String version,
            @Nullable Instant leaseUntil) {}

    /**
     * Load of a host.
     *
     * @param room largest number of simultaneous jobs, including running ones
     * @param running number of jobs that it runs or that are assigned to it
     */
    public record HostLoad(int room, int running) {}

    /**
     * A handler of a host.
     *
     * @param version the handler's version
     * @param bundle symbolic name and version of its bundle
     */
    public record HandlerOnHost(String type, String version, String bundle) {}
}
