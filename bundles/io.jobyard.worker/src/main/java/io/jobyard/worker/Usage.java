// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;

/** Hears what runs have used. */
@FunctionalInterface
interface Usage {

    void used(JobId id, String unit, double amount);
}
