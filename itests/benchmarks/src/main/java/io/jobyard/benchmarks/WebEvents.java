// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Many who follow the events of a host by HTTP. */
final class WebEvents {

    private static final int CLIENTS = 1_000;
    private static final int JOBS = 300;
    private static final int EVENTS_OF_A_JOB = 3;
    private static final int BYTES = 200;
    private static final int IDLE_SECONDS = 30;

    private WebEvents() {}

    static List<Figure> measure(Stage stage) throws Exception {
        MeasuredHost host = WebSubmits.startOpen(stage);
        List<Double> seconds = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        try (WebClient client = WebClient.signedIn(host.shell("job:console").strip())) {
            host.measure("work", stage.scaled(20_000), 4, 1, BYTES);
            for (int round = 1; round <= stage.rounds(); round++) {
                stage.round(round, host);
                double before = host.residentMegabytes();
                try (EventClients clients = new EventClients(URI.create(client.host()), client.cookie(), CLIENTS)) {
                    memory.add((host.residentMegabytes() - before) * 1_024 / CLIENTS);
                    Measured resting = host.measure("idle", IDLE_SECONDS);
                    idle.add(resting.cpuSeconds() / resting.seconds() * 100);
                    Thread work = new Thread(() -> work(host));
                    work.start();
                    seconds.add(clients.await(JOBS * EVENTS_OF_A_JOB));
                    work.join();
                    if (!clients.agree()) {
                        throw new IllegalStateException("some clients have missed events, or heard some twice");
                    }
                }
            }
        }
        return List.of(
                Figure.value("W20", CLIENTS + " clients without news", "% of a core", idle, ""),
                Figure.value("W20", "more memory of the process for each", "kB", memory, "10 of heap"),
                Figure.value("W20", "until each of them has 900 events", "s", seconds, "12 at most"));
    }

    private static void work(MeasuredHost host) {
        try {
            host.measure("work", JOBS, 1, 1, BYTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
