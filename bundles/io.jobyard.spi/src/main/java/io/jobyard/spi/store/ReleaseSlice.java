// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import java.util.List;
import java.util.Set;

/**
 * Part of the work for release markers.
 *
 * @param parents jobs whose markers were read
 * @param edges their edges, up to the limit
 */
public record ReleaseSlice(Set<JobId> parents, List<Edge> edges) {}
