// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * One change that is stored.
 *
 * @param before the job before; null for an admission
 * @param after the job after
 * @param releases whether the same commit wrote a release marker that concerns this job
 */
public record Committed(@Nullable StoredJob before, StoredJob after, boolean releases) {}
