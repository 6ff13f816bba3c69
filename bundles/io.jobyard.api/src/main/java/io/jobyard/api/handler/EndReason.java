// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/** Why a run is to end before its handler is done. */
public enum EndReason {
    /** It has reached its timeout. */
    TIMEOUT,
    /** The deadline of its job has passed. */
    DEADLINE,
    /** It has shown no sign of life for too long. */
    HEARTBEAT,
    /** Somebody has cancelled the job. */
    CANCELLED,
    /** Its handler's bundle, or the host, stops: the job runs again later. */
    GIVEN_BACK,
    /** The host has lost its lease, so that another host may have the job: what the run still does may be done twice. */
    LEASE_LOST
}
