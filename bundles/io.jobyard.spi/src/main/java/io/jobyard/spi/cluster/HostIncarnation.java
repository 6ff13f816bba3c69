// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.cluster;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A host of the database that is not known to have ended.
 *
 * @param incarnation its id, fresh at each of its starts
 * @param host its name and process, such as {@code build-7:4711}
 * @param since when it began
 * @param leaseUntil until when it is taken to live without another word, by the database's clock; null if nobody else can open
 *     the database
 * @param leader whether it starts jobs, for all hosts
 * @param offer what it told last
 * @param drainAsked whether somebody has asked it to start nothing more, or to start jobs again, in this life; null if nobody has
 */
public record HostIncarnation(
        UUID incarnation,
        String host,
        Instant since,
        @Nullable Instant leaseUntil,
        boolean leader,
        HostOffer offer,
        @Nullable Boolean drainAsked) {}
