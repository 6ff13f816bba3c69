// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One line of the results.
 *
 * @param workload such as W2
 * @param what was measured
 * @param unit of the values
 * @param host the values
 * @param beside what the floor did in the same rounds, or what else the host is compared with
 * @param ratio host to beside, round by round
 * @param hostCpu the host's processor time for each job
 * @param besideCpu the same of what it is compared with
 * @param wanted what the project holds itself to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        String workload,
        String what,
        String unit,
        Series host,
        @Nullable Series beside,
        @Nullable Series ratio,
        @Nullable Cpu hostCpu,
        @Nullable Cpu besideCpu,
        String wanted) {

    /** The host and what it is compared with, one after the other. */
    record Pair(Measured host, Measured beside) {

        /** Measures both, every other round the other one first: what comes second finds the machine as the first left it. */
        static Pair inTurn(int round, Callable<Measured> host, Callable<Measured> beside) throws Exception {
            if (round % 2 == 0) {
                return new Pair(host.call(), beside.call());
            }
            Measured first = beside.call();
            return new Pair(host.call(), first);
        }

        double ratio() {
            return host.rate() / beside.rate();
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

    static Figure rate(String workload, String what, List<Pair> rounds, String wanted) {
        return new Figure(
                workload,
                what,
                "jobs/s",
                Series.of(rounds, pair -> pair.host().rate()),
                Series.of(rounds, pair -> pair.beside().rate()),
                Series.of(rounds, Pair::ratio),
                Cpu.of(rounds.stream().map(Pair::host).toList()),
                Cpu.of(rounds.stream().map(Pair::beside).toList()),
                wanted);
    }

    static Figure value(String workload, String what, String unit, List<Double> runs, String wanted) {
        return new Figure(workload, what, unit, new Series(runs), null, null, null, null, wanted);
    }
}
