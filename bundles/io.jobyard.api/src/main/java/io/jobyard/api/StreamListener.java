// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for text that handlers on this host emit, after it is stored. Register it as a service. With the permission {@code view:all},
 * the registering bundle gets the streams of all jobs; with only {@code view}, those of its own jobs; otherwise none. If several hosts
 * share a database, only the host of a job's run delivers its stream: register a listener on each, or read by {@link
 * StatusReporter#stream}.
 *
 * <p>Each listener has its own thread, which delivers one piece after the other; pieces of one job arrive in order. A listener that
 * throws an exception, blocks or is slow does not affect others. Up to 10,000 pieces wait for the listener. Further pieces are dropped
 * until the listener has processed the waiting pieces, and {@code job:doctor} reports the number of dropped pieces. A gap between two
 * positions of a job shows dropped pieces; {@link StatusReporter#stream} returns the dropped pieces. The thread is interrupted when the
 * service is unregistered.
 */
@ConsumerType
@FunctionalInterface
public interface StreamListener {

    /** Reports a piece of a job's stream. */
    void emitted(JobId job, StreamPiece piece);
}
