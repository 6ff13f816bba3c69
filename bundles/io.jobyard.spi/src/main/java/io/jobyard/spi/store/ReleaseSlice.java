// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import java.util.List;
import java.util.Set;

/**
 * A slice of the work of release markers.
 *
 * @param parents the jobs whose markers were read
 * @param edges their edges, as many as the slice allows
 */
public record ReleaseSlice(Set<JobId> parents, List<Edge> edges) {}
