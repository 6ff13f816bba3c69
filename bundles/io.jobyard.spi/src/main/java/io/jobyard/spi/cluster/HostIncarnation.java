// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host of the database that is not known to have ended.
 *
 * @param incarnation its id, new at each start
 * @param host its name and process, for example {@code build-7:4711}
 * @param since when it started
 * @param leaseUntil until when it counts as alive without a renewal, by the database's clock; null if no other host can open the database
 * @param leader whether it starts jobs, for all hosts
 * @param offer its latest published offer
 * @param drainAsked whether a user has requested it to drain, or to start jobs again, in this incarnation; null for no request
 */
public record HostIncarnation(
        UUID incarnation,
        String host,
        Instant since,
        @Nullable Instant leaseUntil,
        boolean leader,
        HostOffer offer,
        @Nullable Boolean drainAsked) {}
