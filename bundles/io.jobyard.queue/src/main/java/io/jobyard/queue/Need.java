// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.util.Map;

/** How much a job draws of a unit. */
@FunctionalInterface
interface Need {

    /** The least that a job may need. */
    Need LEAST = unit -> 0;

    /** That of a job that says nothing of what it uses: 1 of requests. */
    Need USUAL = of(Map.of());

    /** What a start draws of a queue's rate. */
    Need ONE = unit -> 1;

    double of(String unit);

    /** What a start draws of a submitter's share: also 1 of its starts. */
    static Need ofShare(Need need) {
        return unit -> unit.equals(NamedQueueSettings.STARTS) ? 1 : need.of(unit);
    }

    /** What an estimate says; of requests 1 if it says nothing. */
    static Need of(Map<String, Double> estimate) {
        return unit -> {
            Double amount = estimate.get(unit);
            return amount != null ? amount : unit.equals(LimitSettings.REQUESTS) ? 1 : 0;
        };
    }
}
