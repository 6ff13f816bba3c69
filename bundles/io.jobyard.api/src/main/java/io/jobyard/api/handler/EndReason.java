// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** Reason why a run must end early. */
public enum EndReason {
    /** The run has reached its timeout. */
    TIMEOUT,
    /** The deadline of its job has passed. */
    DEADLINE,
    /** The run has sent no heartbeat for too long. */
    HEARTBEAT,
    /** A user has cancelled the job. */
    CANCELLED,
    /** The handler's bundle, or the host, stops. The job runs again later. */
    GIVEN_BACK,
    /** The host has lost its lease, so another host may run the job. Effects of the run may happen twice. */
    LEASE_LOST
}
