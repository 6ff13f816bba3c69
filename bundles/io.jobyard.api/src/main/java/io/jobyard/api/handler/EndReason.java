// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** Reason why a run must end before its handler is done. */
public enum EndReason {
    /** The run has reached its timeout. */
    TIMEOUT,
    /** The deadline of its job has passed. */
    DEADLINE,
    /** The run has sent no heartbeat for too long. */
    HEARTBEAT,
    /** A user has cancelled the job. */
    CANCELLED,
    /** Its handler's bundle, or the host, stops: the job runs again later. */
    GIVEN_BACK,
    /** The host has lost its lease, so another host may have the job: effects of the run may happen twice. */
    LEASE_LOST
}
