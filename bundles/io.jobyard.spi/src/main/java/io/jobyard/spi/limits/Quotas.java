// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The quotas of all submitters, by their names: a snapshot; another one is another object.
 *
 * @param bySubmitter the shares that bind a submitter's jobs, all of them
 * @param weights how many turns a submitter gets for one of others; of those who get more than one
 */
public record Quotas(Map<String, List<QuotaShare>> bySubmitter, Map<String, Integer> weights) {

    /** Nobody has one. */
    public static final Quotas NONE = new Quotas(Map.of());

    /**
     * Quota of one submitter, or of several together.
     *
     * @param name the owner, as explain shows it; unique
     * @param quota the amounts
     */
    public record QuotaShare(String name, Quota quota, Set<String> members) {

        public QuotaShare {
            members = Set.copyOf(members);
        }
    }

    public Quotas {
        bySubmitter = Map.copyOf(bySubmitter);
        weights = Map.copyOf(weights);
    }

    /** Those of submitters who get the same turns. */
    public Quotas(Map<String, List<QuotaShare>> bySubmitter) {
        this(bySubmitter, Map.of());
    }

    /** How many turns somebody gets for one of others: 1 if nothing else is configured. */
    public int weight(String submitter) {
        return weights.getOrDefault(submitter, 1);
    }

    /** The shares that bind the jobs of one; empty if none does. */
    public List<QuotaShare> of(String submitter) {
        return bySubmitter.getOrDefault(submitter, List.of());
    }
}
