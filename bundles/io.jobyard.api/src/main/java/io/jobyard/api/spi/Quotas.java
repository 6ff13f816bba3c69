// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The quotas of all submitters, by their names: a snapshot; another one is another object.
 *
 * @param bySubmitter the shares that bind a submitter's jobs, all of them
 */
public record Quotas(Map<String, List<Share>> bySubmitter) {

    /** Nobody has one. */
    public static final Quotas NONE = new Quotas(Map.of());

    /**
     * What one submitter, or several together, may have.
     *
     * @param name whose it is, as explain tells it; no two shares have one name
     * @param quota how much
     * @param members the submitters that have it together
     */
    public record Share(String name, Quota quota, Set<String> members) {

        /**
         * Copies the set.
         *
         * @param name whose it is, as explain tells it; no two shares have one name
         * @param quota how much
         * @param members the submitters that have it together
         */
        public Share {
            members = Set.copyOf(members);
        }
    }

    /**
     * Copies the map.
     *
     * @param bySubmitter the shares that bind a submitter's jobs, all of them
     */
    public Quotas {
        bySubmitter = Map.copyOf(bySubmitter);
    }

    /**
     * What binds the jobs of one.
     *
     * @param submitter whose
     * @return the shares; empty if nothing does
     */
    public List<Share> of(String submitter) {
        return bySubmitter.getOrDefault(submitter, List.of());
    }
}
