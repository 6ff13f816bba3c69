// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.util.List;

/** What is put on the host, and what is measured meanwhile. */
enum Workload {
    W1("submit", Rates::submit),
    W2("drain", Rates::drain),
    W3("submit and work at once", Rates::both),
    W4("from submit to the handler's first line", Costs::latency),
    W5("deep queue", Rates::depth),
    W6("first result and memory", Costs::start),
    W7("large payloads", Costs::large),
    W8("dependencies", Graphs::measure),
    W9("a million jobs", Million::measure),
    W10("jobs that are held", Held::measure),
    W11("listeners that behave badly", ListenerCosts::measure),
    W12("an urgent job behind short ones", Costs::urgent),
    W13("the first jobs after a start", Cold::measure),
    W14("steps", Work::steps),
    W15("streams and waits", Work::streams),
    W16("retries and timeouts", Failures::measure),
    W17("many workers that wait", Waiting::measure),
    W18("many schedules", Schedules::measure),
    W19("submit by HTTP", WebSubmits::measure),
    W20("followers by HTTP", WebEvents::measure),
    W21("searches among a million jobs", Administration::measure),
    W22("a retry of 100,000 jobs under load", BulkRetry::measure);

    private interface Task {
        List<Figure> run(Stage stage) throws Exception;
    }

    private final String title;
    private final Task task;

    Workload(String title, Task task) {
        this.title = title;
        this.task = task;
    }

    String title() {
        return title;
    }

    List<Figure> run(Stage stage) throws Exception {
        return task.run(stage);
    }
}
