// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.limits.Unit;
import java.util.List;
import java.util.Map;

/** Amount of a unit that a job draws. */
@FunctionalInterface
interface Demand {

    /** Lower bound for any job. */
    Demand LEAST = unit -> 0;

    /** Demand of more than one slot in each limit, and of some of each unit. */
    Demand MANY = unit -> unit.startsWith(Unit.SLOTS) ? 2 : 1;

    /** Demand of a job without an estimate: 1 request. */
    Demand USUAL = of(Map.of());

    /** Demand of one start on a queue's rate. */
    Demand ONE = unit -> 1;

    double of(String unit);

    /**
     * Returns the number of slots of a limit that all starts take together.
     *
     * @param unit the unit in which slots of the limit are estimated
     */
    default int slots(String unit) {
        return (int) Math.max(1, of(unit));
    }

    /** Returns the number of starts, which happen one after the other. */
    default int starts() {
        return 1;
    }

    /** Returns the demand of this many starts on a queue's rate. */
    default Demand ofQueue() {
        int starts = starts();
        return starts == 1 ? ONE : of(starts, unit -> starts);
    }

    private static Demand of(int starts, Demand demand) {
        return new Demand() {
            @Override
            public double of(String unit) {
                return demand.of(unit);
            }

            @Override
            public int slots(String unit) {
                return demand.slots(unit);
            }

            @Override
            public int starts() {
                return starts;
            }
        };
    }

    /** Returns the total demand of the jobs. */
    static Demand ofAll(List<ReadyJob> positions) {
        List<Demand> each =
                positions.stream().map(position -> of(position.estimate())).toList();
        return new Demand() {
            @Override
            public double of(String unit) {
                return each.stream().mapToDouble(demand -> demand.of(unit)).sum();
            }

            @Override
            public int slots(String unit) {
                return each.stream().mapToInt(demand -> demand.slots(unit)).sum();
            }

            @Override
            public int starts() {
                return each.size();
            }
        };
    }

    /** Returns the demand of a start on a submitter's share, including 1 of its starts. */
    static Demand ofShare(Demand demand) {
        int starts = demand.starts();
        return of(starts, unit -> unit.equals(Unit.STARTS) ? starts : demand.of(unit));
    }

    /** Returns the demand of an estimate; 1 request if the estimate names none. */
    static Demand of(Map<String, Double> estimate) {
        return unit -> {
            Double amount = estimate.get(unit);
            return amount != null ? amount : unit.equals(Unit.REQUESTS) ? 1 : 0;
        };
    }
}
