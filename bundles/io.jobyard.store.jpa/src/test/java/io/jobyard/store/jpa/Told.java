// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.spi.limits.LimitUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the callers of a store were told. */
final class Told {

    /** The jobs whose submit returned. */
    final Map<String, JobId> jobs = new LinkedHashMap<>();
    /** The numbers of submits that were refused. */
    final Set<Integer> refused = new HashSet<>();
    /** Outcomes that were taken: id and run. */
    final List<String> taken = new ArrayList<>();
    /** Lines that are in the log. */
    final Map<JobId, List<String>> lines = new HashMap<>();

    /** What runs have kept of each job. */
    final Map<JobId, Integer> steps = new HashMap<>();

    final Map<JobId, Integer> uses = new HashMap<>();
    final Map<JobId, String> streams = new HashMap<>();
    final Map<JobId, Integer> signals = new HashMap<>();

    @Nullable
    LimitUse use;

    @Nullable
    String paused;

    JobId id(String name) {
        return jobs.get(name);
    }
}
