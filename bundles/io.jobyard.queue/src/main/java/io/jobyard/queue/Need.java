// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.ReadyJob;
import java.util.List;
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

    /** For how many starts, one after the other. */
    default int starts() {
        return 1;
    }

    /** What as many starts draw of a queue's rate. */
    default Need ofQueue() {
        int starts = starts();
        return starts == 1 ? ONE : of(starts, unit -> starts);
    }

    private static Need of(int starts, Need need) {
        return new Need() {
            @Override
            public double of(String unit) {
                return need.of(unit);
            }

            @Override
            public int starts() {
                return starts;
            }
        };
    }

    /** What the jobs at these places draw together. */
    static Need ofAll(List<ReadyJob> places) {
        return of(
                places.size(),
                unit -> places.stream()
                        .mapToDouble(place -> of(place.estimate()).of(unit))
                        .sum());
    }

    /** What a start draws of a submitter's share: also 1 of its starts. */
    static Need ofShare(Need need) {
        int starts = need.starts();
        return of(starts, unit -> unit.equals(NamedQueueSettings.STARTS) ? starts : need.of(unit));
    }

    /** What an estimate says; of requests 1 if it says nothing. */
    static Need of(Map<String, Double> estimate) {
        return unit -> {
            Double amount = estimate.get(unit);
            return amount != null ? amount : unit.equals(LimitSettings.REQUESTS) ? 1 : 0;
        };
    }
}
