// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of what the handlers of this host emit, once it is stored. Register one as a service. The bundle that registers it needs the
 * permission {@code view:all}; with {@code view} alone it hears of its own jobs, and else of none. Where several hosts share a database,
 * only the host that runs a job tells of its stream: register one on each, or read by {@link StatusReporter#stream}.
 *
 * <p>Each listener has a thread of its own, which calls it for one piece after the other: those of one job come in their order. One that
 * throws, blocks or is slow harms nobody else. Up to 10,000 pieces wait for it; then pieces are dropped, counted and told by {@code
 * job:doctor}, until it has worked off what waits. A gap between two positions of a job says so; {@link StatusReporter#stream} has what
 * was dropped. Its thread is interrupted when the service goes.
 */
@ConsumerType
@FunctionalInterface
public interface StreamListener {

    /** A handler emitted a piece. */
    void emitted(JobId job, StreamPiece piece);
}
