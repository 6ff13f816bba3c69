// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

/** A measured value, a row of a table. */
enum Value {
    SUBMIT("submit one by one, 1 thread", "jobs/s"),
    SUBMIT_8("submit one by one, 8 threads", "jobs/s"),
    BULK("submit 1,000 at once", "jobs/s"),
    DRAIN("drain", "jobs/s"),
    WORK("submit from 4 threads and run", "jobs/s"),
    LATENCY_P50("submit to first line, p50", "ms"),
    LATENCY_P99("submit to first line, p99", "ms"),
    START("start to first result", "s"),
    DEPTH_10_000("first 10,000 of 10,000", "jobs/s"),
    DEPTH_100_000("first 10,000 of 100,000", "jobs/s"),
    DEPTH_1_000_000("first 10,000 of 1,000,000", "jobs/s");

    private final String title;
    private final String unit;

    Value(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    boolean isRate() {
        return unit.equals("jobs/s");
    }
}
