// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Incarnation of a host that is not known to have ended.
 *
 * @param incarnation ID of the incarnation, new at each start
 * @param host name and process of the host, for example {@code build-7:4711}
 * @param since time of its start
 * @param leaseUntil time until which it counts as alive without a renewal, by the database's clock; null if no other host can open the
 * database
 * @param leader whether it is the host that starts the jobs of all hosts
 * @param offer latest published offer
 * @param drainAsked whether a user has requested a drain (true) or its end (false) in this incarnation; null for no request
 */
public record HostIncarnation(
        UUID incarnation,
        String host,
        Instant since,
        @Nullable Instant leaseUntil,
        boolean leader,
        HostOffer offer,
        @Nullable Boolean drainAsked) {}
