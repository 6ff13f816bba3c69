// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

/** What is measured, a row of the table. */
enum Value {
    SUBMIT("submit one by one, 1 thread", "jobs/s"),
    BULK("submit 1,000 at once", "jobs/s"),
    DRAIN("drain 20,000", "jobs/s"),
    WORK("submit from 4 threads and work at once", "jobs/s"),
    LATENCY_P50("submit to first line, p50", "ms"),
    LATENCY_P99("submit to first line, p99", "ms");

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
