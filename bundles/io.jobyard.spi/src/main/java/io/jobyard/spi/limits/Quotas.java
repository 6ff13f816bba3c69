// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Snapshot of the quotas of all submitters. Each change creates a new object.
 *
 * @param bySubmitter all shares that apply to a submitter's jobs, by submitter
 * @param weights number of turns for submitters that get more than one for each turn of others
 */
public record Quotas(Map<String, List<QuotaShare>> bySubmitter, Map<String, Integer> weights) {

    /** No quotas. */
    public static final Quotas NONE = new Quotas(Map.of());

    /**
     * Quota of one submitter, or of several together.
     *
     * @param name owner of the quota, for display; unique
     * @param quota amounts
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

    /** Creates quotas of submitters with equal turns. */
    public Quotas(Map<String, List<QuotaShare>> bySubmitter) {
        this(bySubmitter, Map.of());
    }

    /** Returns the number of turns of a submitter for each turn of others: 1 by default. */
    public int weight(String submitter) {
        return weights.getOrDefault(submitter, 1);
    }

    /** Returns the shares that apply to a submitter's jobs; may be empty. */
    public List<QuotaShare> of(String submitter) {
        return bySubmitter.getOrDefault(submitter, List.of());
    }
}
