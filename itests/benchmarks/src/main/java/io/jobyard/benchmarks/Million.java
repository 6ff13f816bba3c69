// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.util.List;

/** A million jobs queued in a host with its usual heap, and worked off: how fast, and what they take. One round. */
final class Million {

    private static final int BYTES = 200;

    private Million() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int count = stage.scaled(1_000_000);
        MeasuredHost host = stage.host("host");
        double empty = host.diskMegabytes();
        double submitted = host.measure("submit", count, 2, 1_000, BYTES).rate();
        double queuedMegabytes = host.diskMegabytes() - empty;
        double resident = host.residentMegabytes();
        double drained = host.measure("drain", count).rate();
        return List.of(
                one("submitAll of 1,000, " + count, "jobs/s", submitted, ""),
                one("drained, " + count, "jobs/s", drained, "-Xmx256m"),
                one("disk, " + count + " queued", "MB", queuedMegabytes, ""),
                one("disk, " + count + " completed", "MB", host.diskMegabytes() - empty, ""),
                one("resident memory, queued", "MB", resident, ""),
                one("resident memory, completed", "MB", host.residentMegabytes(), ""));
    }

    private static Figure one(String what, String unit, double value, String wanted) {
        return Figure.value("W9", what, unit, List.of(value), wanted);
    }
}
