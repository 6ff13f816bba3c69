// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * One change that is stored.
 *
 * @param before the job before; null for an admission
 * @param after the job after
 * @param releases whether the same commit wrote a release marker that concerns this job
 * @param event what the history says of it; null when only the books changed
 */
public record Committed(
        @Nullable StoredJob before,
        StoredJob after,
        boolean releases,
        @Nullable JobEvent event) {}
