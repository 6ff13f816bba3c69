// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of the results.
 *
 * @param workload such as W2
 * @param what was measured
 * @param unit of the values
 * @param host the values
 * @param hostCpu the host's processor time for each job
 * @param beside the floor of the host's own rows in the same rounds, or what else the host is compared with
 * @param queueFloor the floor of the least that any durable queue writes, in the same rounds
 * @param slices the values of each slice of the jobs, in their order
 * @param wanted what the project holds itself to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        String workload,
        String what,
        String unit,
        Series host,
        @Nullable Cpu hostCpu,
        @Nullable Comparison beside,
        @Nullable Comparison queueFloor,
        @Nullable List<Series> slices,
        String wanted) {

    /**
     * The host and what it is compared with, one after the other.
     *
     * @param queueFloor what the least that any queue writes took, where that is asked
     */
    record Turn(Measured host, Measured beside, @Nullable Measured queueFloor) {

        Turn(Measured host, Measured beside) {
            this(host, beside, null);
        }

        /** Measures both, every other round the other one first: what comes second finds the machine as the first left it. */
        static Turn inTurn(int round, Callable<Measured> host, Callable<Measured> beside) throws Exception {
            if (round % 2 == 0) {
                return new Turn(host.call(), beside.call());
            }
            Measured first = beside.call();
            return new Turn(host.call(), first);
        }

        private double ratioTo(Measured other) {
            return host.rate() / other.rate();
        }
    }

    /** In microseconds for each job: of the whole process, and of its busiest thread. */
    record Cpu(Series all, Series busiest, String thread) {

        static Cpu of(List<Measured> rounds) {
            return new Cpu(
                    Series.of(rounds, Measured::cpuMicros),
                    Series.of(rounds, Measured::busiestMicros),
                    rounds.get(0).busiest());
        }
    }

    /** What the host is compared with, its ratio round by round, and its processor time for each job. */
    record Comparison(Series rate, Series ratio, Cpu cpu) {

        private static Comparison of(List<Turn> rounds, Function<Turn, @Nullable Measured> other) {
            return new Comparison(
                    Series.of(rounds, turn -> other.apply(turn).rate()),
                    Series.of(rounds, turn -> turn.ratioTo(other.apply(turn))),
                    Cpu.of(rounds.stream().map(other).toList()));
        }
    }

    /** Of the host, of what stands beside it, and of the queue floor, as far as they are there. */
    List<Cpu> cpus() {
        return Stream.of(hostCpu, beside == null ? null : beside.cpu(), queueFloor == null ? null : queueFloor.cpu())
                .filter(Objects::nonNull)
                .toList();
    }

    static Figure rate(String workload, String what, List<Turn> rounds, String wanted) {
        boolean floors = rounds.get(0).queueFloor() != null;
        return new Figure(
                workload,
                what,
                "jobs/s",
                Series.of(rounds, turn -> turn.host().rate()),
                Cpu.of(rounds.stream().map(Turn::host).toList()),
                Comparison.of(rounds, Turn::beside),
                floors ? Comparison.of(rounds, Turn::queueFloor) : null,
                null,
                wanted);
    }

    static Figure value(String workload, String what, String unit, List<Double> runs, String wanted) {
        return new Figure(workload, what, unit, new Series(runs), null, null, null, null, wanted);
    }

    /** A rate from the first job on, and that of each slice of the jobs, in their order. */
    static Figure slices(String workload, String what, List<List<Measured>> rounds) {
        List<Measured> whole = rounds.stream().map(Measured::sum).toList();
        List<Series> slices = IntStream.range(0, rounds.get(0).size())
                .mapToObj(at -> Series.of(rounds, round -> round.get(at).rate()))
                .toList();
        return new Figure(
                workload, what, "jobs/s", Series.of(whole, Measured::rate), Cpu.of(whole), null, null, slices, "");
    }
}
