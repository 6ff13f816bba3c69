// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

/** Reason why a pool accepts no runs. */
enum PoolHold {
    DRAIN,
    LEASE
}
